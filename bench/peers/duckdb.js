// SPDX-License-Identifier: Apache-2.0
// usage: node bench/peers/duckdb.js FOLDER-OF-NODE_MODULES [SCRIPT.sql]
// Runs a script in DuckDB, on all cores. Without one it only starts: what Node itself costs.
const { readFileSync } = require('fs');
const { DuckDBInstance } = require(process.argv[2] + '/@duckdb/node-api');

(async () => {
    const database = await DuckDBInstance.create(':memory:');
    const connection = await database.connect();
    await connection.run(process.argv[3] ? readFileSync(process.argv[3], 'utf8') : 'select 1');
})();
