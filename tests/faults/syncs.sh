#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/syncs.sh PROGRAM
# Synced before the end: the journal before the ledger is touched, the ledger before the journal
# goes, the folder after it; read from the trace of an approval. Status 1 if anything was wrong, 77
# if there is no strace.
set -u
program=$(readlink -f "${1:?usage: syncs.sh PROGRAM}")
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
strace -o /dev/null true 2>/dev/null || exit 77
. "$root/tests/faults/common.sh"

durable()
{
    awk '
        /openat\(.*town\.db-journal/ && / = [0-9]+$/ { journal = $NF }
        /openat\(.*town\.db"/ && / = [0-9]+$/ { ledger = $NF }
        { split($0, part, /[(,)]/); fd = part[2] }
        /pwrite64\(/ && fd == journal { unsynced = 1 }
        /(fdatasync|fsync)\(/ && fd == journal { unsynced = 0; guarded = 1 }
        /pwrite64\(/ && fd == ledger { if (unsynced || !guarded) bad = "ledger before journal"; dirty = 1 }
        /(fdatasync|fsync)\(/ && fd == ledger { dirty = 0 }
        /unlink\(.*town\.db-journal/ { if (dirty) bad = "journal gone before ledger"; gone = 1; synced = 0; journal = -1 }
        /(fdatasync|fsync)\(/ && fd != ledger && fd != journal { synced = 1 }
        END { if (!gone || !synced) bad = bad " folder not synced"; if (bad) { print bad; exit 1 } }' "$1"
}
command=approve
cp before-approve.db town.db
cp before-approve.identities town.db.identities
how="order of syncs"
$blunt strace -o trace -e trace=openat,pwrite64,fdatasync,fsync,unlink "$program" ledger approve 1 \
    --ledger town.db --as Bernard -q >out 2>&1
durable trace >out || wrong "not durable"
# The check has teeth: without its syncs, the same trace is refused.
grep -v -E 'fdatasync|fsync' trace >blunt
! durable blunt >out || wrong "a missing sync was not seen"

tell "orders of syncs in which a power cut loses something: $problems / 0"
