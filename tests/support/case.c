/* SPDX-License-Identifier: Apache-2.0 */
/* The outcome of a case lies in build/cases/<name>.report, so that the process that
 * ran it and the test that judges it need not be the same. */
#include "support/case.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTCOME_GOOD  "good\n"
#define PATH_MAX_HERE 1024

static int
is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Byte order, whatever the locale. */
static int
compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Gives the number of cases, and the name of one of them. */
static int
scan(const char *parent, int wanted, char out[CASE_NAME_MAX])
{
    struct dirent **entries = NULL;
    int count = scandir(parent, &entries, is_visible, compare_names);
    int cases = 0;

    for (int i = 0; i < count; i++) {
        char path[PATH_MAX_HERE];
        struct stat status;

        snprintf(path, sizeof path, "%s/%s", parent, entries[i]->d_name);
        if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            if (cases == wanted) {
                snprintf(out, CASE_NAME_MAX, "%s", entries[i]->d_name);
            }
            cases++;
        }
        free(entries[i]);
    }
    free(entries);
    return cases;
}

int
case_count(const char *parent)
{
    char unused[CASE_NAME_MAX];

    return scan(parent, -1, unused);
}

bool
case_name(const char *parent, int index, char out[CASE_NAME_MAX])
{
    return scan(parent, index, out) > index;
}

static void
report_path(const char *name, char out[PATH_MAX_HERE])
{
    snprintf(out, PATH_MAX_HERE, "build/cases/%s.report", name);
}

/* In the child: never returns. The first line of the report is the verdict. */
static void
run_case(const char *folder, const char *report)
{
    int out = open(report, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    const char *script =
        "if said=$(sh tests/support/case.sh \"$1\" 2>&1); then echo good; "
        "else printf 'bad\\n%s\\n' \"$said\"; fi";

    if (out < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0) {
        _exit(2);
    }
    execlp("sh", "sh", "-c", script, "sh", folder, (char *)NULL);
    _exit(2);
}

void
case_run_all(const char *parent)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    char name[CASE_NAME_MAX];
    long running = 0;

    mkdir("build", 0777);
    mkdir("build/cases", 0777);
    fflush(NULL);
    for (int i = 0; case_name(parent, i, name); i++) {
        char folder[PATH_MAX_HERE];
        char report[PATH_MAX_HERE];
        pid_t child;

        snprintf(folder, sizeof folder, "%s/%s", parent, name);
        report_path(name, report);
        unlink(report); /* an old verdict must not stand in for a lost one */
        if (running >= processors && wait(NULL) > 0) {
            running--;
        }
        child = fork();
        if (child == 0) {
            run_case(folder, report);
        }
        running += child > 0;
    }
    while (wait(NULL) > 0) {
    }
}

bool
case_outcome(const char *name, char report[CASE_REPORT_MAX])
{
    char path[PATH_MAX_HERE];
    char verdict[8] = "";
    FILE *file;
    size_t size;

    report_path(name, path);
    file = fopen(path, "r");
    if (!file || !fgets(verdict, sizeof verdict, file)) {
        snprintf(report, CASE_REPORT_MAX, "the case left no report");
        if (file) {
            fclose(file);
        }
        return false;
    }
    size = fread(report, 1, CASE_REPORT_MAX - 1, file);
    report[size] = '\0';
    fclose(file);
    return strcmp(verdict, OUTCOME_GOOD) == 0;
}
