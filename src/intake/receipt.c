/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A receipt is what the office holds. "aucun", "à fournir" and a dash say that it holds none, in as
 * many words as people have for it: nobody is paid on the strength of having written something.
 */
#include "receipt.h"

#include "cells.h"
#include "wording.h"

#include <string.h>

/* Folded, each between spaces: as the whole cell, or as its first word ("sans ticket"). */
static const char held[] = " o y oui yes ok ✓ ✔ ☑ ✅ ";
static const char missing[] =
    " n na n/a so s/o nil afournir ajoindre avenir atransmettre arelancer demande ";
static const char missing_first[] =
    " non pas sans rien not without attente ✗ ✘ ✖ ✕ ❌ ❎ ☒ ☐ □ ⬜ ";
/* Wherever they stand, in any gender and number: "ticket n° 12 manquant". */
static const char missing_anywhere[] =
    " manque manquant manquent perdu egare oublie absent jamais aucun neant attendu relance "
    "relancer reclame demandee promis refuse illisible ko none missing lost pending awaited "
    "awaiting promised suivra suivront fournira fourniront enverra enverront transmettra transmettront "
    "remettra remettront apportera apporteront parviendra parviendront arrivera arriveront deposera "
    "deposeront adressera adresseront produira produiront viendra viendront incomplet expected ";
/* "facture n° 12 annulée"; but "billet 12, train de 8 h annulé", and "annule et remplace la 11". */
static const char voided[] =
    " annule rejete perime invalide cancelled canceled rejected invalid void ";
static const char services[] =
    " train tgv ter vol avion bus car tram metro bateau trajet correspondance liaison seance session "
    "reunion covoiturage carte cb paiement cheque flight meeting trip payment card ";
static const char replacing[] =
    " remplace remplacant remplacement replaced replaces replacing ";
/* "à fournir", written without its accent; "en attente"; "to follow". */
static const char to_come[] =
    " fournir joindre venir transmettre produire remettre reclamer relancer completer demander "
    "recevoir suivre envoyer apporter obtenir recuperer retrouver ";
static const char waiting[] = " attente cours ";
static const char to_follow[] = " follow come be provide send ";
/* "pas de ticket", "no receipt"; "non fourni", "not yet received"; "demandé le 3/4". */
static const char without[] = " sans pas no without ";
static const char proofs[] =
    " ticket billet recu facture justificatif piece preuve receipt "
    "invoice bill proof ";
static const char denied[] = " non pas not ";
static const char done[] =
    " fourni recu joint transmis produit remis parvenu presente rendu encore trouve retrouve "
    "communique conforme lisible received provided attached yet found supplied sent ";
/* "non valable", "pas acquittée"; but "ticket 12, non payé par l'employeur". */
static const char good[] = " valable valide acquitte paye valid paid ";
static const char by[] = " par by ";
static const char asked_how[] = " le au aux par en a ";
/* "sera bientôt fourni", "doit nous l'envoyer", "fera suivre", "will be sent". */
static const char ahead[] =
    " sera seront doit doivent devra devront va vont fera feront will shall ";
static const char between[] =
    " l le la les me m nous vous lui etre be faire bientot prochainement ulterieurement encore ";
static const char promised[] =
    " parvenir adresser deposer donner scanner rapporter presenter rendre adresse depose apporte "
    "envoye donne scanne follow come provide send bring submit supply submitted brought forwarded ";
/* "réception prévue", "prévu pour le 15/04". */
static const char planned[] = " prevu ";
static const char planned_for[] = " le au pour en avant fin debut mi courant semaine ";
static const char arrivals[] =
    " envoi transmission reception remise depot livraison arrivee communication production ";
/* With "ticket" and what was done with it, what names a proof that is there; what names nothing. */
static const char kept[] =
    " note addition quittance attestation titre coupon carte abonnement souche bordereau releve "
    "mail courriel email scan photo copie original pdf bon caisse annexe document doc contrat "
    "certificat cb paiement voir cf ";
static const char linking[] =
    " le la les l du des au aux en et a par pour sur n no numero the of on and by ";
static const char months[] =
    " janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "janv fevr avr juil sept oct nov dec "
    "january february march april may june july august september october november december ";
/* Before words without a number they say that there is none; "no 12" names a receipt. */
static const char missing_unnumbered[] = " en to no ";

/* "manquantes" as "manquant". */
static bool
is_form_among(const char *words, struct text folded)
{
    if (word_is_among(words, folded)) {
        return true;
    }
    static const struct text endings[] = {STR_INIT("e"), STR_INIT("s"), STR_INIT("es")};
    for (size_t i = 0; i < ARRAY_COUNT(endings); i++) {
        struct text stem = {folded.data, folded.size - endings[i].size};
        if (folded.size > endings[i].size && text_ends_with(folded, endings[i]) &&
            word_is_among(words, stem)) {
            return true;
        }
    }
    return false;
}

/* Whether two words, one after the other, say that there is none. */
static bool
pair_says_missing(struct text before, struct text word)
{
    return (text_equals(before, STR("a")) && word_is_among(to_come, word)) ||
           (text_equals(before, STR("en")) && word_is_among(waiting, word)) ||
           (text_equals(before, STR("to")) && word_is_among(to_follow, word)) ||
           (word_is_among(without, before) && is_form_among(proofs, word)) ||
           (word_is_among(denied, before) && is_form_among(done, word)) ||
           (text_equals(before, STR("demande")) && word_is_among(asked_how, word)) ||
           (is_form_among(planned, before) &&
            (word_is_among(planned_for, word) || is_digit(word.data[0]))) ||
           (word_is_among(arrivals, before) && is_form_among(planned, word));
}

/* Whether somebody will see to it. */
static bool
says_later(struct arena scratch, struct text t)
{
    bool awaited = false;
    for (struct text word = word_next(&scratch, &t); word.size > 0;
         word = word_next(&scratch, &t)) {
        if (awaited && (word_is_among(to_come, word) || is_form_among(promised, word) ||
                        is_form_among(done, word))) {
            return true;
        }
        awaited = word_is_among(ahead, word) || (awaited && word_is_among(between, word));
    }
    return false;
}

/* "0", "00", "0,00". */
static bool
is_zero(struct text t)
{
    bool zero = false;
    for (size_t i = 0; i < t.size; i++) {
        bool digit = t.data[i] == '0';
        if (!digit && t.data[i] != ',' && t.data[i] != '.') {
            return false;
        }
        zero = zero || digit;
    }
    return zero;
}

/* Whether a proof is there that is worth nothing: what is void is the proof, unless a service was
 * named last. */
static bool
says_void(struct arena scratch, struct text t)
{
    bool of_service = false, is_void = false;
    struct text before = STR("");
    struct text word = word_next(&scratch, &t);
    while (word.size > 0) {
        struct text next = word_next(&scratch, &t);
        if (is_form_among(replacing, word)) {
            return false;
        }
        if (is_form_among(services, word)) {
            of_service = true;
        } else if (is_form_among(proofs, word) || is_form_among(kept, word)) {
            of_service = false;
        }
        is_void = is_void || (is_form_among(voided, word) && !of_service) ||
                  (word_is_among(denied, before) && is_form_among(good, word) &&
                   !word_is_among(by, next));
        before = word;
        word = next;
    }
    return is_void;
}

/* "0 reçu", "0/1". "0001" and "T-0" are numbers of receipts. */
static bool
counts_none(struct arena scratch, struct text t)
{
    struct text first = word_next(&scratch, &t);
    if (!text_equals(first, STR("zero")) && !is_zero(first)) {
        return false;
    }
    bool of_how_many = text_starts_with(text_trim(t), STR("/"));
    struct text second = word_next(&scratch, &t);
    if (of_how_many) {
        bool number = second.size <= 2;
        for (size_t i = 0; i < second.size; i++) {
            number = number && is_digit(second.data[i]);
        }
        second = number ? word_next(&scratch, &t) : second;
    }
    return second.size == 0 || is_form_among(proofs, second);
}

/* Of a cell that has a word. */
static bool
says_missing(struct arena scratch, struct text t)
{
    struct text rest = t;
    struct text first = word_next(&scratch, &rest), before = STR("");
    if (word_is_among(missing_first, first) ||
        (word_is_among(missing_unnumbered, first) && !words_hold_a_digit(t))) {
        return true;
    }
    for (struct text word = first; word.size > 0;) {
        if (is_form_among(missing_anywhere, word) || pair_says_missing(before, word)) {
            return true;
        }
        bool of = text_equals(word, STR("de")) || text_equals(word, STR("d"));
        before = of ? before : word;
        word = word_next(&scratch, &rest);
    }
    bool no = text_equals(before, STR("non")) || text_equals(before, STR("no"));
    return no && !word_is_among(held, first);
}

/* Numbers that stand side by side: "12/04", "2026-04-12". */
struct numbers {
    unsigned items[3];
    size_t count;
};

static bool
takes_number(struct numbers *numbers, struct text word)
{
    unsigned number = 0;
    size_t digits = text_equals(word, STR("1er")) ? 1 : word.size;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(word.data[i]) || i == 4) {
            return false;
        }
        number = number * 10 + (unsigned)(word.data[i] - '0');
    }
    if (numbers->count == ARRAY_COUNT(numbers->items)) {
        return false;
    }
    numbers->items[numbers->count++] = number;
    return true;
}

static bool
lies_within(unsigned number, unsigned least, unsigned most)
{
    return number >= least && number <= most;
}

static bool
is_year(unsigned number)
{
    return lies_within(number, 2000, 2099);
}

/* Between the words that stand around them. */
static bool
are_a_day(const struct numbers *numbers, struct text before, struct text after)
{
    unsigned first = numbers->items[0], second = numbers->items[1];
    unsigned third = numbers->items[2];
    bool day_first = lies_within(first, 1, 31);
    switch (numbers->count) {
    case 1:
        return (day_first &&
                (text_equals(before, STR("le")) || word_is_among(months, after))) ||
               (is_year(first) && word_is_among(months, before));
    case 2: return day_first && lies_within(second, 1, 12);
    default:
        return lies_within(second, 1, 12) &&
               ((day_first && (is_year(third) || third < 100)) ||
                (is_year(first) && lies_within(third, 1, 31)));
    }
}

/* Whether the cell has no digits but those of days. */
static bool
counts_days_only(struct arena scratch, struct text t)
{
    struct numbers numbers = {{0}, 0};
    struct text before = STR("");
    for (;;) {
        struct text word = word_next(&scratch, &t);
        if (words_hold_a_digit(word)) {
            if (!takes_number(&numbers, word)) {
                return false;
            }
            continue;
        }
        if (numbers.count > 0 && !are_a_day(&numbers, before, word)) {
            return false;
        }
        if (word.size == 0) {
            return true;
        }
        numbers.count = 0;
        before = word;
    }
}

/* Whether words stand there that name no proof: "chauffeur, 12/04"; or that say how one comes. */
static bool
names_no_proof(struct arena scratch, struct text t)
{
    bool worded = false;
    bool proven = false;
    for (struct text word = word_next(&scratch, &t); word.size > 0;
         word = word_next(&scratch, &t)) {
        if (word_is_among(arrivals, word)) {
            return true;
        }
        proven = proven || is_form_among(proofs, word) || is_form_among(kept, word) ||
                 is_form_among(done, word);
        worded =
            worded || (word.size > 1 && !words_hold_a_digit(word) &&
                       !word_is_among(linking, word) && !word_is_among(months, word));
    }
    return worded && !proven;
}

enum receipt
receipt_parse(struct arena scratch, struct text t)
{
    int value = yes_no(scratch, t);
    struct text folded = text_fold(&scratch, t), rest = t;
    struct text first = word_next(&scratch, &rest);
    bool alone = word_next(&scratch, &rest).size == 0;
    if (value == 1 || word_is_among(held, folded) ||
        (alone && word_is_among(held, first))) {
        return RECEIPT_HELD;
    }
    if (value == 0 || first.size == 0 || word_is_among(missing, folded) || is_zero(t) ||
        counts_none(scratch, t) || says_missing(scratch, t) || says_void(scratch, t) ||
        says_later(scratch, t)) {
        return RECEIPT_MISSING;
    }
    bool numbered = words_hold_a_digit(t) &&
                    !(names_no_proof(scratch, t) && counts_days_only(scratch, t));
    return numbered ? RECEIPT_REFERRED : RECEIPT_WORDED;
}
