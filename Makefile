# SPDX-License-Identifier: Apache-2.0
# run, deb, proof, bench-peers, check and the other targets that need test tools install the
# Debian packages that are missing (DEFRAY_DEPS=never forbids it); install and uninstall write
# where they are told; every other target leaves the system alone. All else is under build/.
# Sources, tests, cases and tables are found by their place: there is nothing to register.

VERSION := 0.1.0
PREFIX  ?= /usr/local
DESTDIR ?=

PKG_BUILD := libc6-dev libxlsxwriter-dev libconfig-dev libzip-dev libexpat1-dev zlib1g-dev \
	libisal-dev libhpdf-dev libjansson-dev libsqlite3-dev fonts-dejavu-core gettext
PKG_PROOF := frama-c-base why3 z3 cvc4
PKG_BENCH  = python3-xlsxwriter python3-numpy python3-pandas gawk sqlite3 libreoffice-calc \
	$(if $(shell command -v npm),,nodejs npm)
PKG_TEST  := $(PKG_BUILD) check locales poppler-utils strace libxml2-utils unzip zip mandoc

LIBS       := -lconfig -lxlsxwriter -lz -lisal -lzip -lexpat -lhpdf -ljansson -lsqlite3
# Those that few commands need: the program loads them when one does, by the name that the linker
# would have noted (library.h). Where a name is not found, it is linked to them like to the others.
LATE_NAMES := xlsxwriter zip isal hpdf expat jansson sqlite3
late_file   = $(shell readelf -d "$$($(CC) -print-file-name=lib$1.so)" 2>/dev/null | \
	sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
LATE_FILES  = $(eval LATE_FILES := $(foreach l,$(LATE_NAMES),$(call late_file,$l)))$(LATE_FILES)
is_late     = $(filter $(words $(LATE_NAMES)),$(words $(LATE_FILES)))
LATE        = $(if $(is_late),-DLIBRARIES_LATE \
	$(join $(LATE_NAMES:%=-DFILE_OF_%=),$(LATE_FILES:%='"%"')))
EARLY_LIBS  = $(if $(is_late),$(filter-out $(LATE_NAMES:%=-l%),$(LIBS)),$(LIBS))
CHECK_LIBS ?= -lcheck_pic -lsubunit -lm -lrt -pthread

ifeq ($(origin CC),default)
CC := gcc
endif
MACHINE := $(shell uname -m)
CPUS    := $(shell nproc 2>/dev/null || echo 1)

# --- flags: ours first, then CPPFLAGS, CFLAGS and LDFLAGS of whoever builds ---

WARNINGS := -Wall -Wextra -Wpedantic -Wformat=2 -Wconversion -Wsign-conversion -Wshadow -Wvla \
	-Wimplicit-fallthrough -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wcast-qual \
	-Wdouble-promotion -Wfloat-equal -Werror=format-security -Werror=implicit \
	-Werror=incompatible-pointer-types -Werror=int-conversion
ifeq ($(findstring clang,$(CC)),)
WARNINGS += -Warith-conversion -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wtrampolines \
	-Wbidi-chars=any
RELEASE_WARNINGS := -Wnull-dereference
GCC_HARDENED := -ftrivial-auto-var-init=zero
# The small functions of money, dates and texts are called from everywhere: compiled as one
# program, a month takes a tenth less of the processor. The price is a longer link.
AS_ONE := -flto=auto
# Every test and every case starts a sanitized process: one runtime instead of two, and nothing
# to be relocated, make that two thirds of the time.
SAN_ONE := -static-libasan -static-libubsan
SAN_TRAPS := -fsanitize-undefined-trap-on-error
else
SAN_TRAPS := -fsanitize-trap=undefined
endif
STRICT := $(if $(filter 1,$(WERROR)),-Werror)

STANDARD := -std=c11 -fno-strict-aliasing -fno-strict-overflow -fno-delete-null-pointer-checks \
	-fPIE -ffile-prefix-map=$(CURDIR)=. -Iinclude
HARDENED := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection $(GCC_HARDENED) \
	$(if $(filter x86_64,$(MACHINE)),-fcf-protection=full)
LINKER   := -Wl,-z,nodlopen,-z,noexecstack,-z,relro,-z,now,--as-needed
LINK     := -pie $(LINKER)
SAN_LINK := -no-pie $(SAN_ONE) $(LINKER)
# What is not defined traps, and the address sanitizer tells file and line (handle_sigill=1). Told
# in words (`make check SAN_TRAPS=`), each of ten thousand places is one more object to be watched:
# at each start, at each fork and in each search for leaks.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all $(SAN_TRAPS)

# Asserts stay on in both trees.
RELEASE_FLAGS := $(STANDARD) $(WARNINGS) $(RELEASE_WARNINGS) -O2 $(AS_ONE) $(HARDENED)
# A sum that overflows is wrapped where the program is built to be used, and looked for here. What
# is told of a fault is file and line; CFLAGS=-g3 has the rest for a debugger, and takes longer.
SAN_FLAGS     := $(filter-out -fno-strict-overflow,$(STANDARD)) $(WARNINGS) -O1 -g1 \
	-fno-omit-frame-pointer $(SANITIZE)

# The program finds what is installed from its own place: no prefix is compiled in.
IDENTITY = -DDEFRAY_VERSION='"$(VERSION)"'

# What a source may see besides C11: $(call features,path)
features = $(if $(filter src/base/% tests/support/%,$1),-D_GNU_SOURCE,-D_POSIX_C_SOURCE=200809L) \
	$(if $(filter src/command/%,$1),$(IDENTITY)) $(if $(filter tests/% build/%,$1),-Itests) \
	$(if $(filter tests/fuzz/%,$1),-DLLVMFuzzerTestOneInput=fuzz_$(notdir $(1:.c=)))

# --- what there is ---

SOURCES  := $(sort $(wildcard src/*/*.c))
LIBRARY  := $(filter-out src/command/main.c,$(SOURCES))
SUITES   := $(sort $(wildcard tests/unit/test_*.c))
TESTS    := tests/run.c $(SUITES) \
	$(filter-out tests/support/sanitized.c,$(sort $(wildcard tests/support/*.c)))
FUZZERS  := $(sort $(wildcard tests/fuzz/*.c))
DEFS     := $(sort $(wildcard include/defray/*.def include/defray/*/*.def src/*/*.def))
RULES    := $(sort $(wildcard rules/*.cfg rules/*.md rules/*/*.cfg rules/*/*.md))
MANUALS  := $(sort $(wildcard man/*.1 man/*.5 man/*/*.1 man/*/*.5))
SAMPLES  := $(sort $(shell find fixtures -type f))
FORMATTED := $(sort $(wildcard src/*/*.c src/*/*.h include/defray/*.h tests/*.c tests/*/*.c \
	tests/fuzz/alone/*.c tests/*/*.h bench/*.c))

RELEASE_OBJECTS := $(SOURCES:%.c=build/obj/%.o)
SAN_OBJECTS     := $(SOURCES:%.c=build/san/%.o) build/san/tests/support/sanitized.o
CHECK_OBJECTS   := $(LIBRARY:%.c=build/san/%.o) $(TESTS:%.c=build/san/%.o) \
	$(FUZZERS:%.c=build/san/%.o) build/san/registry.o
TABLES          := $(sort $(wildcard src/*/lib*.c))
LIFE_OBJECTS    := $(LIBRARY:%.c=build/obj/%.o) $(patsubst %.c,build/obj/%.o,tests/run.c \
	tests/unit/test_ledger_life.c tests/support/town.c tests/support/invent.c \
	tests/support/world.c tests/support/world_acts.c tests/support/memory_disk.c build/life.c)
SHIMS           := $(addprefix build/faults/,again.so blunt.so calls.so memory.so short)
MO              := build/locale/fr/LC_MESSAGES/defray.mo
TEST_LOCALE     := build/locale-test/fr_FR.UTF-8

ifeq ($(V),1)
SAY := @:
HUSH :=
else
SAY := $(if $(QUIET),@:,@echo)
HUSH := @
endif
# As many jobs as processors, unless the caller said how many.
AT_ONCE = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(CPUS))
AGAIN = $(MAKE) --no-print-directory --output-sync=target $(AT_ONCE)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
# Every target that `make help` tells, and those that only others call.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile) run-now check-now accept-now deps \
	deps-test flags force

# --- targets ---

all: build/defray $(MO) ## build/defray and its French catalogue (the default)

run: deps ## pay a month of every shipped assembly into build/run
	+@$(AGAIN) QUIET=1 all
	@sh fixtures/run.sh build/defray

check: deps-test ## every test: lint, units, tables, cases, with sanitizers
	+@$(AGAIN) QUIET=1 WERROR=1 check-now

check-now: build/defray build/libraries.so build/san/defray build/san/check build/san/loses \
	build/exhaustive $(SHIMS) $(MO) $(TEST_LOCALE)
	@LSAN_OPTIONS=suppressions=tests/support/lsan.supp:print_suppressions=0 build/san/check

check-long: deps-test ## every fault in full, a million steps of a ledger's life: two hours
	+@$(AGAIN) QUIET=1 WERROR=1 build/defray build/life build/exhaustive $(SHIMS) $(MO)
	+@sh tests/long.sh build/defray $(or $(STEPS),1000000) $(or $(BATCHES),100000)

races: deps-test ## long months as ThreadSanitizer watches them; and without the lock
	+@sh tests/races.sh && sh tests/races.sh --control

controls: deps-test ## take precautions away, one by one: the tests of faults must notice
	+@$(AGAIN) QUIET=1 WERROR=1 build/defray build/life $(SHIMS) $(MO)
	@sh tests/faults/controls.sh build/defray

CORE := $(addprefix src/base/,money.c quotient.c decimal.c date.c) $(wildcard src/rules/*.c) \
	$(wildcard src/liquidation/*.c) $(wildcard src/ledger/*.c)

coverage: deps-test ## with clang 19: the lines, branches and conditions that tests reach
	@sh tests/coverage/run.sh

mutation: deps-test ## does a test notice each wrong program? a day; SAMPLE=1500 FILES="…"
	@python3 -B tests/mutation/run.py $(if $(SAMPLE),--sample $(SAMPLE)) \
		$(or $(FILES),$(CORE))

proof: ## money, ratios, ceilings and dates, proved for all inputs by Frama-C
	@CC='$(CC)' sh .ci/deps.sh $(PKG_PROOF)
	@sh .ci/proof.sh
	@sh .ci/proof.sh --controls
	@SMOKE=1 sh .ci/proof.sh --controls

analyse: ## every compiler and analyser that is installed, over all of the program
	@MAKE='$(MAKE)' sh .ci/analyse.sh

sbom: build/defray build/libraries.so ## build/defray.cdx.json: the libraries used (CycloneDX)
	@VERSION=$(VERSION) sh .ci/sbom.sh build/defray build/libraries.so >build/defray.cdx.json

flags:
	@echo '$(RELEASE_FLAGS)'

accept: deps-test ## rerun the cases and keep what they print now, showing each change
	+@$(AGAIN) QUIET=1 accept-now

accept-now: build/defray build/san/defray $(MO) $(TEST_LOCALE)
	@for case in $(if $(CASE),tests/cases/$(CASE),tests/cases/*/); do \
		[ ! -f "$$case/command" ] || ACCEPT=1 sh tests/support/case.sh "$$case" || true; done

lint: ## the rules of the house that no compiler checks
	@sh tests/lint.sh

format: ## clang-format 14 over all C
	clang-format -i $(FORMATTED)

BENCH_TOOLS := $(addprefix build/bench/,measure generate dump cells floor)

bench: build/defray $(BENCH_TOOLS) ## time and memory against the goals
	@sh bench/run.sh build/defray

bench-table: ## put the figures of the last `make bench` into README.md and LISEZMOI.md
	@sh bench/table.sh en README.md
	@sh bench/table.sh fr LISEZMOI.md

bench-peers: ## install what `make bench` compares with
	@CC='$(CC)' sh .ci/deps.sh $(PKG_BENCH)
	@mkdir -p build/bench && npm install --prefix build/bench --no-save --no-audit --no-fund \
		--loglevel error @duckdb/node-api

po-update: build/defray.pot ## bring po/fr.po up to date with the texts in the sources
	@msgmerge --quiet --no-fuzzy-matching --no-wrap --sort-by-file --add-location=file \
		--backup=none --update po/fr.po build/defray.pot
	@msgattrib --no-obsolete --no-wrap --sort-by-file --add-location=file -o po/fr.po po/fr.po
	@sed -i '/^"POT-Creation-Date:/d' po/fr.po
	@LC_ALL=C msgfmt --statistics -o /dev/null po/fr.po

FUZZ_TARGETS := $(FUZZERS:tests/fuzz/%.c=%)
CAMPAIGN = @JOBS='$(JOBS)' SECONDS_EACH='$(SECONDS)' sh tests/fuzz/campaign.sh

fuzz: $(FUZZ_TARGETS:%=build/fuzz/checked/bin/%) ## every target, with clang (SECONDS=60 JOBS=1)
	$(CAMPAIGN) checked $(TARGETS)

fuzz-fast: $(FUZZ_TARGETS:%=build/fuzz/fast/bin/%) ## the same with fewer checks, more executions
	$(CAMPAIGN) fast $(TARGETS)

fuzz-afl: $(FUZZ_TARGETS:%=build/fuzz/afl/bin/%) ## the same with AFL++
	$(CAMPAIGN) afl $(TARGETS)

# What is installed: source, mode, place.
SHARE = $(DESTDIR)$(PREFIX)/share
DOCS  = $(SHARE)/doc/defray
LINKED = src/README.md tests/DEFECTS.md .github/SECURITY.md # from README.md
define INSTALLED
build/defray 755 $(DESTDIR)$(PREFIX)/bin/defray
$(if $(shell ls $(MO) 2>/dev/null),$(MO) 644 $(SHARE)/locale/fr/LC_MESSAGES/defray.mo)
src/command/completion.bash 644 $(SHARE)/bash-completion/completions/defray
$(foreach f,$(RULES),$f 644 $(SHARE)/defray/$f\n)
$(foreach f,$(MANUALS),$f 644 $(SHARE)/$(dir $f)man$(subst .,,$(suffix $f))/$(notdir $f)\n)
$(foreach f,README.md LISEZMOI.md LICENSE $(LINKED) $(SAMPLES),$f 644 $(DOCS)/$f\n)
endef
EACH_INSTALLED = printf '%b\n' '$(subst $(newline),\n,$(INSTALLED))' | sed 's/^ *//; /^$$/d' | \
	while read -r file mode place

install: all ## into $(DESTDIR)$(PREFIX): program, rules, French, manual, completion, documents
	@$(EACH_INSTALLED); do install -D -m "$$mode" "$$file" "$$place" || exit 1; done
	@ln -sfn ../../defray/rules "$(DOCS)/rules"
	$(SAY) "installed in $(DESTDIR)$(PREFIX)"

uninstall: ## remove what install put there
	@$(EACH_INSTALLED); do rm -f "$$place" || exit 1; done
	@rm -rf "$(SHARE)/defray" "$(DOCS)"

deb: ## a Debian package in build/deb, the same bytes each time
	@CC='$(CC)' sh .ci/deps.sh $(PKG_BUILD) dpkg-dev
	@VERSION=$(VERSION) MAKE='$(MAKE)' sh .ci/deb.sh

clean: ## remove build/
	rm -rf build

deps:
	@CC='$(CC)' sh .ci/deps.sh $(PKG_BUILD)

deps-test:
	@CC='$(CC)' sh .ci/deps.sh $(PKG_TEST)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# --- the release program ---

build/defray: $(RELEASE_OBJECTS)
	$(SAY) "  link  $@"
	$(HUSH)$(CC) $(RELEASE_FLAGS) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $(RELEASE_OBJECTS) $(EARLY_LIBS)

build/obj/%.o: %.c build/obj/flags
	$(SAY) "  cc    $<"
	$(HUSH)mkdir -p $(@D)
	$(HUSH)$(CC) $(RELEASE_FLAGS) $(STRICT) $(call features,$<) $(if $(filter $(TABLES),$<),$(LATE)) \
		$(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# All that the program is linked to or loads, for whoever lists it; and a proof that there is each
# function that is called.
build/libraries.so: $(TABLES) $(wildcard include/defray/*.h src/*/lib*.h) build/obj/flags build/late
	$(HUSH)$(CC) $(RELEASE_FLAGS) $(STRICT) -D_POSIX_C_SOURCE=200809L $(CPPFLAGS) $(CFLAGS) $(LINKER) \
		$(LDFLAGS) -shared -o $@ $(TABLES) $(LIBS)

# --- the sanitized program and the runner ---

build/san/defray: $(SAN_OBJECTS)
	$(SAY) "  link  $@"
	$(HUSH)$(CC) $(SAN_FLAGS) $(CFLAGS) $(SAN_LINK) $(LDFLAGS) -o $@ $(SAN_OBJECTS) $(LIBS)

build/san/loses: build/san/tests/loses.o build/san/tests/support/sanitized.o
	$(SAY) "  link  $@"
	$(HUSH)$(CC) $(SAN_FLAGS) $(CFLAGS) $(SAN_LINK) $(LDFLAGS) -o $@ $^

build/san/check: $(CHECK_OBJECTS)
	$(SAY) "  link  $@"
	$(HUSH)$(CC) $(SAN_FLAGS) $(CFLAGS) $(SAN_LINK) $(LDFLAGS) -o $@ $(CHECK_OBJECTS) $(LIBS) \
		$(CHECK_LIBS)

# The simulation of the ledger alone, fast enough for a million steps.
build/life: $(LIFE_OBJECTS)
	$(SAY) "  link  $@"
	$(HUSH)$(CC) $(RELEASE_FLAGS) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $(LIFE_OBJECTS) $(LIBS) \
		$(CHECK_LIBS)

# Every amount by every fraction of a small domain, against a sum made in 128 bits.
EXHAUSTIVE_OBJECTS := $(patsubst %,build/obj/%.o,tests/exhaustive src/base/money \
	src/base/quotient)
build/exhaustive: $(EXHAUSTIVE_OBJECTS)
	$(SAY) "  link  $@"
	$(HUSH)$(CC) $(RELEASE_FLAGS) $(CFLAGS) $(LINK) $(LDFLAGS) -o $@ $(EXHAUSTIVE_OBJECTS)

build/obj/build/life.o: build/life.c build/obj/flags
	@mkdir -p $(@D)
	$(HUSH)$(CC) $(RELEASE_FLAGS) $(STRICT) $(call features,$<) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

build/san/%.o: %.c build/san/flags
	$(SAY) "  cc    $< (sanitized)"
	$(HUSH)mkdir -p $(@D)
	$(HUSH)$(CC) $(SAN_FLAGS) $(STRICT) $(call features,$<) $(CPPFLAGS) $(CFLAGS) \
		-MMD -MP -c -o $@ $<

build/san/registry.o: build/san/registry.c build/san/flags
	$(HUSH)$(CC) $(SAN_FLAGS) $(STRICT) $(call features,$<) $(CPPFLAGS) $(CFLAGS) \
		-MMD -MP -c -o $@ $<

# --- preloaded before the program, by tests of faults: what dlsym gives is no ISO C ---

build/faults/%.so: tests/faults/%.c tests/faults/behind.h
	@mkdir -p $(@D)
	$(HUSH)$(CC) -std=c11 -O2 -fPIC -shared $(WARNINGS) -Wno-pedantic $(STRICT) -D_GNU_SOURCE -o $@ $<

build/faults/short: tests/faults/short.c
	@mkdir -p $(@D)
	$(HUSH)$(CC) -std=c11 -O2 $(WARNINGS) $(STRICT) -D_GNU_SOURCE -o $@ $<

# --- generated files that change only when what they say changes ---

# $(call keep-if-same,words): writes the words unless the target says them already.
define keep-if-same
@mkdir -p $(@D); new=$@.$$$$; printf '%s\n' $1 >$$new; \
	if cmp -s $$new $@; then rm $$new; else mv $$new $@; fi
endef
quoted = '$(subst ','\'',$1)'

build/obj/flags: force
	$(call keep-if-same,$(call quoted,$(CC) $(RELEASE_FLAGS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)))

build/san/flags: force
	$(call keep-if-same,$(call quoted,$(CC) $(SAN_FLAGS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)))

build/identity: force
	$(call keep-if-same,$(call quoted,$(IDENTITY)))

build/late: force
	$(call keep-if-same,$(call quoted,$(LATE)))

$(TABLES:%.c=build/obj/%.o): build/late
$(filter build/obj/src/command/%,$(RELEASE_OBJECTS)): build/identity
$(filter build/san/src/command/%,$(SAN_OBJECTS)): build/identity

# tests/unit/test_<module>.c defines Suite *test_<module>_suite(void), tests/fuzz/<name>.c
# a fuzz target, which is called fuzz_<name> here.
FUZZ_NAMES := $(notdir $(FUZZERS:.c=))
build/life.c: force
	$(call keep-if-same,'#include "support/registry.h"' 'Suite *test_ledger_life_suite(void);' \
		'test_suite_maker *const test_suites[] = {test_ledger_life_suite$(comma) 0};')

build/san/registry.c: force
	$(call keep-if-same,'#include "support/registry.h"' \
		$(foreach s,$(notdir $(SUITES:.c=)),'Suite *$(s)_suite(void);') \
		'test_suite_maker *const test_suites[] = {' \
		$(foreach s,$(notdir $(SUITES:.c=)),'    $(s)_suite$(comma)') '    0$(comma)' '};' \
		$(foreach f,$(FUZZ_NAMES),'fuzz_target fuzz_$(f);') \
		'const struct fuzz_entry fuzz_entries[] = {' \
		$(foreach f,$(FUZZ_NAMES),'    {"$(f)"$(comma) fuzz_$(f)}$(comma)') \
		'    {0$(comma) 0}$(comma)' '};')
comma := ,
define newline


endef

# --- texts ---

$(MO): po/fr.po
	@if command -v msgfmt >/dev/null 2>&1; then mkdir -p $(@D) && msgfmt -c -o $@ $<; \
	else echo "msgfmt (package gettext) is missing: building without French"; fi

# The places where texts for people stand. N_ marks one in a table.
KEYWORDS := -k -kN_ -ktr:2 -ktr_plural:2,3 -kdiag_error:4 -kdiag_warning:4 -kdiag_note:4 \
	--flag=diag_error:4:c-format --flag=diag_warning:4:c-format --flag=diag_note:4:c-format

build/defray.pot: $(SOURCES) $(DEFS)
	@mkdir -p $(@D)
	@xgettext -L C --from-code=UTF-8 $(KEYWORDS) --no-wrap --sort-by-file --add-location=file \
		--package-name=defray --package-version=$(VERSION) --force-po -o $@ $(SOURCES) $(DEFS)
	@sed -i '/^"POT-Creation-Date:/d' $@

# A French locale for tests, beside the system's.
$(TEST_LOCALE):
	@mkdir -p $(@D)
	@if command -v localedef >/dev/null 2>&1; then \
		localedef -i fr_FR -f UTF-8 --no-archive $(CURDIR)/$@; \
	else echo "localedef (package locales) is missing: tests of a French system are skipped"; fi

# --- fuzzing and measuring ---

FUZZ_CC    ?= $(firstword $(foreach c,clang-19 clang,$(shell command -v $c)))
AFL_CC     ?= afl-clang-fast
FUZZ_PARTS := $(LIBRARY) $(sort $(wildcard tests/fuzz/alone/*.c)) \
	$(patsubst %,tests/support/%.c,fuzzed invent memory_disk packed town world world_acts written)
FUZZ_FLAGS := -std=c11 -g -fno-omit-frame-pointer -fno-strict-aliasing -Wno-unknown-warning-option \
	-D_GNU_SOURCE -Iinclude -Itests

# $(call fuzz-engine,name,compiler,flags of objects,flags of programs)
define fuzz-engine
build/fuzz/$1/%.o: %.c build/identity
	@mkdir -p $$(@D)
	$$(HUSH)$2 $$(FUZZ_FLAGS) $3 $$(IDENTITY) -MMD -MP -c -o $$@ $$<

build/fuzz/$1/parts.a: $(FUZZ_PARTS:%.c=build/fuzz/$1/%.o)
	@rm -f $$@ && ar rcs $$@ $$^

.PRECIOUS: build/fuzz/$1/%.o
build/fuzz/$1/bin/%: build/fuzz/$1/tests/fuzz/%.o build/fuzz/$1/parts.a
	@mkdir -p $$(@D)
	$$(HUSH)$2 $3 $4 $$(FUZZ_WRAPPED) -o $$@ $$^ $$(LIBS)
endef
FUZZ_WRAPPED := -Wl,--wrap=mmap,--wrap=munmap,--wrap=_exit
FUZZ_TRAPS := -fsanitize=undefined -fsanitize-trap=undefined
FUZZ_CHECKED := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_FAST := -O2 -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp $(FUZZ_TRAPS)
$(eval $(call fuzz-engine,checked,$$(FUZZ_CC),$$(FUZZ_CHECKED),-fsanitize=fuzzer))
$(eval $(call fuzz-engine,fast,$$(FUZZ_CC),$$(FUZZ_FAST),-fsanitize=fuzzer))
$(eval $(call fuzz-engine,afl,AFL_QUIET=1 $$(AFL_CC),-O2 $$(FUZZ_TRAPS),-fsanitize=fuzzer))

build/bench/cells: BENCH_LIBS := -lxlsxwriter
build/bench/dump: BENCH_LIBS := -lzip -lexpat
build/bench/floor: BENCH_LIBS := -pthread
build/bench/%: bench/%.c
	@mkdir -p $(@D)
	$(HUSH)$(CC) -std=c11 -O2 $(WARNINGS) -D_GNU_SOURCE $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< \
		$(BENCH_LIBS)

-include $(sort $(RELEASE_OBJECTS:.o=.d) $(LIFE_OBJECTS:.o=.d) build/obj/tests/exhaustive.d \
	build/san/tests/loses.d $(SAN_OBJECTS:.o=.d) $(CHECK_OBJECTS:.o=.d)) \
	$(wildcard build/fuzz/*/*/*.d build/fuzz/*/*/*/*.d)
