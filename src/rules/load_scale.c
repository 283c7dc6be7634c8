/* SPDX-License-Identifier: Apache-2.0 */
/* Dated scales with marginal bands, by fiscal power. */
#include "loader.h"

#include <assert.h>

#define POWER_MAX 99 /* the largest that data may hold */

struct bands ARRAY_OF(struct band);
struct vehicles ARRAY_OF(struct vehicle);
struct versions ARRAY_OF(struct scale_version);

static bool
read_bands(struct loader *loader, struct node *group, struct vehicle *out)
{
    struct node *list = node_list(group, "bands", REQUIRED);
    if (list == NULL) {
        return false;
    }
    struct bands bands = {0};
    struct ratio above = {0, 1};
    bool good = list->count > 0;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct band band = {
            .up_to = {0, 0}
        };
        bool last = at == list->count;
        good = node_ratio(entry, "rate", 2, 4, &band.rate) && good;
        if (node_has(entry, "up_to")) {
            if (!node_ratio(entry, "up_to", 0, 2, &band.up_to)) {
                good = false;
            } else if (last) {
                good =
                    diag_error(loader->diag, entry->where, CODE_R039,
                               "the last band has a bound: nothing would be paid beyond");
            } else if (ratio_compare(band.up_to, above) <= 0) {
                good = diag_error(loader->diag, entry->where, CODE_R039,
                                  "the bounds of the bands do not rise");
            } else {
                above = band.up_to;
            }
        } else {
            (void)node_find(entry, "up_to");
            if (!last) {
                good = diag_error(loader->diag, entry->where, CODE_R039,
                                  "only the last band may be without a bound");
            }
        }
        *ARRAY_PUSH(loader->keep, &bands) = band;
    }
    if (list->count == 0) {
        good =
            diag_error(loader->diag, list->where, CODE_R039, "a vehicle without a band");
    }
    out->bands = bands.items;
    out->band_count = bands.count;
    return good;
}

static bool
check_powers(struct loader *loader, struct node *list, const struct vehicles *vehicles)
{
    uint32_t next = 0;
    bool good = true;
    for (size_t i = 0; i < vehicles->count; i++) {
        const struct vehicle *vehicle = &vehicles->items[i];
        if (vehicle->power_from != next && (i > 0 || vehicle->power_from != 1)) {
            good = diag_error(loader->diag, list->children[i].where, CODE_R039,
                              "powers start at %u where %u is expected",
                              vehicle->power_from, next);
        }
        if (vehicle->power_to < vehicle->power_from) {
            good = diag_error(loader->diag, list->children[i].where, CODE_R039,
                              "power_to %u is less than power_from %u", vehicle->power_to,
                              vehicle->power_from);
        }
        next = vehicle->power_to + 1;
    }
    if (next <= POWER_MAX && next != 0) {
        return diag_error(loader->diag, list->where, CODE_R039,
                          "no rate for %u horsepower", next);
    }
    if (vehicles->count == 0) {
        return diag_error(loader->diag, list->where, CODE_R039,
                          "a version without a vehicle");
    }
    return good;
}

static bool
read_vehicles(struct loader *loader, struct node *group, struct scale_version *out)
{
    struct node *list = node_list(group, "vehicles", REQUIRED);
    struct vehicles vehicles = {0};
    bool good = list != NULL;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct vehicle vehicle = {.power_to = UINT32_MAX};
        int64_t from = 0;
        int64_t to = UINT32_MAX;
        good = node_integer(entry, "power_from", REQUIRED, (struct bounds){0, POWER_MAX},
                            &from) &&
               good;
        good = (node_integer(entry, "power_to", OPTIONAL, (struct bounds){0, POWER_MAX},
                             &to) ||
                !node_has(entry, "power_to")) &&
               good;
        vehicle.power_from = (uint32_t)from;
        vehicle.power_to = (uint32_t)to;
        good = read_bands(loader, entry, &vehicle) && good;
        *ARRAY_PUSH(loader->keep, &vehicles) = vehicle;
    }
    out->vehicles = vehicles.items;
    out->vehicle_count = vehicles.count;
    return list != NULL && check_powers(loader, list, &vehicles) && good;
}

static void
keep_versions(struct loader *loader, const struct versions *read,
              const struct dated_stretches *settled, struct scale *out)
{
    struct scale_version *versions =
        NEW_ARRAY(loader->keep, struct scale_version, settled->count);
    for (size_t i = 0; i < settled->count; i++) {
        const struct dated_stretch *stretch = &settled->items[i];
        assert(stretch->item < read->count);
        versions[i] = read->items[stretch->item];
        versions[i].checked_on =
            stretch_checked(stretch, versions[i].during, versions[i].checked_on);
        versions[i].during = stretch->during;
    }
    *out = (struct scale){.versions = versions, .count = settled->count};
}

bool
scale_read(struct loader *loader, struct scale *out)
{
    struct node *list = node_list(&loader->document.root, "versions", REQUIRED);
    struct versions versions = {0};
    struct dated_stretches stretches = {0};
    bool good = list != NULL;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct dated dated;
        struct mark mark = loader_mark(loader);
        bool sound = dated_read(loader, entry, &dated);
        struct scale_version version = {.during = dated.during,
                                        .adopted = dated.adopted,
                                        .checked_on = dated.checked_on,
                                        .retroactive = dated.retroactive,
                                        .basis = dated.basis};
        good = read_vehicles(loader, entry, &version) && sound && good;
        if (!dated.known) {
            loader_forget(loader, mark);
        } else if (sound) {
            *ARRAY_PUSH(loader->keep, &stretches) =
                stretch_of(&dated, entry->where, versions.count);
            *ARRAY_PUSH(loader->keep, &versions) = version;
        }
    }
    if (list != NULL && list->count == 0) {
        good =
            diag_error(loader->diag, list->where, CODE_R039, "a scale without a version");
    }
    good = stretches_settle(loader, &stretches, STR("versions")) && good;
    keep_versions(loader, &versions, &stretches, out);
    return good;
}
