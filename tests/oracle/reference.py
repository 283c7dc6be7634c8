# SPDX-License-Identifier: Apache-2.0
"""What a month comes to, worked out a second time: from the manual of the rules, with exact
fractions, one plain step after the other, and with no thought of speed. It shares no line and no
table with the program, so that a mistake would have to be made twice to go unseen."""
import math
import unicodedata
from datetime import date, timedelta
from fractions import Fraction

from rulebook import at, cents, holds

NEVER_PAID = ("companion", "official", "agent")
SPANS = ("line", "day", "month", "year", "mandate")
# What an empty cell leaves out, by the method of a category.
NEEDED = {"receipt": ("amount",), "ceiling": ("amount", "quantity"), "unit": ("quantity",),
          "scale": ("quantity", "horsepower")}


def rounding_of(block):
    return block.get("rounding", {}).get("mode", "half_up")


def folded(text):
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if c.isalnum())


def age(birth, on):
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def months(on):
    return on.year * 12 + on.month


def is_hard(cap):
    return cap.get("limit", "hard") == "hard"


class Line:
    """One presence or one claim, and what became of it."""

    def __init__(self, member, fact, entitlement):
        self.member, self.fact, self.entitlement = member, fact, entitlement
        self.date, self.session = fact["date"], fact.get("session", "")
        self.gross = self.due = 0
        self.state, self.reason, self.where = "due", "", fact["where"]
        self.units, self.rate, self.counts = Fraction(0), None, False
        self.is_receipt, self.rooms, self.counted = False, [], {}

    def decide(self, state, reason):
        self.state, self.reason = state, reason
        return True

    def reduce(self, to, reason):
        if to < self.due:
            self.due = to
            self.decide("capped", reason)


class Month:
    """One batch: `facts` holds members, sessions, presences, claims and figures."""

    def __init__(self, book, facts, first, last):
        self.book, self.rules, self.facts = book, book.rules, facts
        self.stipend = self.rules["stipend"]
        self.first, self.last = first, last
        self.sessions = {s["session"]: s for s in facts["sessions"]}

    # --- who a person is on a day ---

    def holding(self, member, on):
        for row in member["rows"]:
            if (row["from"] or date.min) <= on <= (row["to"] or date.max):
                return row
        return None

    def tariff(self, session):
        for tariff in self.stipend.get("tariffs", []):
            if session["kind"] in tariff["kinds"]:
                bodies = tariff.get("session_bodies")
                if bodies and folded(session["body"]) not in map(folded, bodies["accepted"]):
                    return None
                return tariff
        return None

    def listed(self, session):
        """Whether the rules name the kind among those that are not paid."""
        return any(session["kind"] in t["kinds"] for t in self.stipend.get("not_paid", []))

    def figure(self, member, on):
        """The verdict of the means test on a day, and its reason."""
        test = self.stipend["conditions"]["means_test"]
        figures = self.facts["means"]
        if figures is None:
            return "undetermined", "no_evidence_given"
        mine = [f for f in figures if f["id"] == member["id"] and f["measure"] == test["measure"]]
        accepted = [f for f in mine if f["method"] in test["methods"]]
        if not accepted:
            return "undetermined", "method_not_accepted" if mine else "no_figure"
        past = [f for f in accepted if months(f["month"]) <= months(on)]
        if past:
            used = max(past, key=lambda f: (f["month"], f["checked_on"]))
        else:
            earliest = min(f["month"] for f in accepted)
            used = max((f for f in accepted if f["month"] == earliest), key=lambda f: f["checked_on"])
        oldest = test.get("evidence", {}).get("months_max")
        if oldest and months(on) - months(used["month"]) > oldest:
            return "undetermined", "figure_too_old"
        limit = at(test["thresholds"], on)
        passes = (used["value"] <= Fraction(limit["at_most"]) if "at_most" in limit
                  else used["value"] < Fraction(limit["below"]))
        return ("eligible", "") if passes else ("not_eligible", "not_eligible")

    # --- how long somebody was there ---

    def stay(self, presence, session):
        """(start, minutes): what lies inside the session; minutes None where nobody knows."""
        start, end, lasted = presence["start"], presence["end"], presence["minutes"]
        opens, closes = session["start"], session["end"]
        if lasted is not None and start is None and end is None:
            if opens is not None and closes is not None:
                lasted = min(lasted, Fraction(max(0, closes - opens)))
            return opens, lasted
        if lasted is not None and start is None:
            start = end - lasted
        elif lasted is not None and end is None:
            end = start + lasted
        if start is None and end is None and presence["attendance"] == "partial":
            return session["start"], None
        start = opens if start is None else start
        end = closes if end is None else end
        if start is None or end is None:
            return start, None
        start = start if opens is None else max(start, opens)
        end = end if closes is None else min(end, closes)
        return max(0, int(start // 1)), Fraction(max(0, end - start))

    # --- the conditions of a presence, in order ---

    def judge(self, line, member, with_seat=True):
        presence, session = line.fact, self.sessions[line.session]
        conditions = self.stipend.get("conditions", {})
        on = session["date"]
        if "none" in self.stipend:
            return line.decide("zero", "nil_policy")
        if presence["same_as"]:
            return line.decide("zero", "same_fact")
        if presence["attendance"] == "absent":
            return line.decide("zero", "absent")
        if presence["attendance"] == "excused" and not self.stipend["excused"]["paid"]:
            return line.decide("zero", "excused")
        row = self.holding(member, on)
        if row is None:
            return line.decide("refused", "not_member")
        tariff = self.tariff(session)
        if tariff is None and self.listed(session):
            return line.decide("zero", "kind_not_paid")
        if tariff is None and session["body"]:
            return line.decide("zero", "body_not_covered")
        competence = conditions.get("competence")
        if competence and session["competence"] not in competence["paid"]:
            return line.decide("refused", "outside_competence")
        if row["status"] in NEVER_PAID:
            return line.decide("refused", "status_never_paid")
        if row["status"] and row["status"] not in self.stipend["statuses"]["paid"]:
            return line.decide("refused", "status_not_paid")
        bodies = conditions.get("bodies")
        if bodies and row["body"] and folded(row["body"]) not in map(folded, bodies["accepted"]):
            return line.decide("refused", "body_other")
        return (self.judge_person(line, member, row, on)
                or (with_seat and self.seat_taken(line, member, row))
                or self.judge_minor(line, member, row, on)
                or self.judge_length(line, tariff, session))

    def judge_person(self, line, member, row, on):
        conditions = self.stipend.get("conditions", {})
        least = conditions.get("age")
        if least and member["birth"] is None:
            return line.decide("undetermined", "birth_missing")
        if least and age(member["birth"], on) < least["minimum"]:
            return line.decide("refused", "too_young")
        request, asked = conditions.get("on_request"), member["requested"]
        if request:
            if asked is None:
                return line.decide("refused", "no_request")
            days = request.get("days_after_session")
            if days and asked > on + timedelta(days=days):
                return line.decide("refused", "request_late")
            if asked > self.last:
                return line.decide("refused", "request_after")
        if "means_test" in conditions:
            verdict, reason = self.figure(member, on)
            line.verdict = verdict
            if verdict != "eligible":
                return line.decide("refused" if verdict == "not_eligible" else "undetermined", reason)
        return False

    def judge_minor(self, line, member, row, on):
        return (member["birth"] is not None and age(member["birth"], on) < 18
                and not row["guardian"]
                and line.decide("undetermined", "minor_without_guardian"))

    def judge_length(self, line, tariff, session):
        _, length = self.stay(line.fact, session)
        if tariff is None and length != 0:
            return line.decide("undetermined", "session_body_missing")
        if length == 0:
            return line.decide("zero", "no_minute_inside")
        least = tariff.get("minimum_presence", {}).get("minutes", 0)
        if length is None:
            some = (line.fact["attendance"] == "partial" or line.fact["start"] is not None
                    or line.fact["end"] is not None)
            needed = tariff["per"] == "hour" or (least and some)
            excused = line.fact["attendance"] == "excused"
            return needed and line.decide("undetermined",
                                          "session_length_missing" if excused else "duration_missing")
        stays = [self.stay(p, session)[1] for p in self.facts["presences"] if p is line.fact or (
            p["member"] == line.fact["member"] and p["session"] == line.session and not p["same_as"]
            and p["attendance"] in ("present", "partial"))]
        if sum(s for s in stays if s is not None and s > 0) < least:
            return line.decide("zero", "below_minimum")
        return length < tariff.get("step", {}).get("minutes", 0) and line.decide("zero", "below_step")

    def seat_taken(self, line, member, row):
        """A seat is paid once a session: to who was there before who is excused and paid all the same;
        then to the titular, else to the first alternate by id; and as long as it is not known whether
        that one takes it, those behind wait."""
        def rank(who, their_row, presence):
            away = presence["attendance"] not in ("present", "partial")
            return away, their_row["status"] == "alternate", who["id"]

        takers = []
        for other in self.facts["members"] if row["seat"] else ():
            theirs = self.holding(other, line.date)
            if other is member or theirs is None or theirs["seat"] != row["seat"]:
                continue
            for presence in self.facts["presences"]:
                if (presence["member"] != other["id"] or presence["session"] != line.session
                        or rank(other, theirs, presence) > rank(member, row, line.fact)):
                    continue
                alone = Line(other, presence, "stipend")
                self.judge(alone, other, with_seat=False)
                _, length = self.stay(presence, self.sessions[line.session])
                if length != 0 and alone.state in ("due", "undetermined"):
                    takers.append((rank(other, theirs, presence), alone.state))  # "due" sorts first
        if not takers:
            return False
        if min(takers)[1] == "undetermined":
            return line.decide("undetermined", "seat_waits")
        return line.decide("refused", "seat_taken")

    # --- what lines before this one used up ---

    def pays(self, on):
        """Whether the status of the scheme lets it pay on a day. Days that do and days that do not are
        limited each among themselves."""
        return any(s["state"] in ("in_force", "contested") and holds(s, on) for s in self.rules["status"])

    def before(self, line, lines):
        return [l for l in lines if l.counts and self.pays(l.date) == self.pays(line.date)]

    def same_span(self, span, one, other):
        if span == "day":
            return one == other
        if span == "month":
            return months(one) == months(other)
        if span == "year":
            return one.year == other.year
        return span == "mandate" and self.book.mandate(one) == self.book.mandate(other)

    def units_worth(self, cap, before, line, mode):
        """(units left, worth): what a limit in units has left after the lines before, and what it
        lets those and this one come to, whether this one passes it or not. Units keep the
        worth of their day; those that are left are worth the rate of this line; what is counted
        at one rate is rounded once where the limit is full."""
        counted = at_rate = Fraction(0)
        worth = before_rate = 0
        rate = None
        for earlier in before:
            units, full = earlier.counted[id(cap)]
            if earlier.rate != rate:
                rate, at_rate, before_rate = earlier.rate, Fraction(0), worth
            if full:
                worth = before_rate + cents((at_rate + units) * rate, mode)
            else:
                worth += cents(units * rate, mode) if earlier.is_receipt else earlier.due
            counted += units
            at_rate += units
        left = max(Fraction(0), self.book.amount(cap["limits"], line.date) - counted)
        if line.rate != rate:
            at_rate, before_rate = Fraction(0), worth
        return left, before_rate + cents((at_rate + left) * line.rate, mode)

    def count_units(self, line, mode):
        """What the line, all ceilings applied, uses of each limit in units: what another ceiling
        took of it was not paid, and uses up nothing."""
        whole = min(line.gross, cents(line.units * line.rate, mode)) if line.rooms else line.gross
        limits = [(left, room) for cap, left, room in line.rooms if is_hard(cap)]
        if line.due == whole:
            used = line.units
        elif not line.is_receipt and line.due == min([whole] + [room for _, room in limits]):
            used = min([line.units] + [left for left, _ in limits])
        else:
            used = Fraction(math.floor(line.units * line.due / whole * 10 ** 6 + Fraction(1, 2)), 10 ** 6)
        for cap, left, room in line.rooms:
            full = line.units > left and (line.due == room or used >= left)
            line.counted[id(cap)] = (left if full else used, full)

    def cap(self, line, caps, mode, earlier):
        """Applies the caps of one list; `earlier` are the lines that share them."""
        for span in SPANS:
            for cap in (c for c in caps if c["per"] == span):
                entry = at(cap["limits"], line.date)
                if entry is None:
                    continue
                before = [l for l in earlier if span != "line" and self.same_span(span, l.date, line.date)]
                limit = self.book.amount(cap["limits"], line.date)
                paid = sum(l.due for l in before)
                if "quantity" in entry:
                    units, limit = self.units_worth(cap, before, line, mode)
                    line.rooms.append((cap, units, max(0, limit - paid)))
                else:
                    limit = cents(limit)
                left = max(0, limit - paid)
                if is_hard(cap):
                    line.reduce(left, "cap_" + span)

    def count_once(self, line, earlier):
        per = line.per
        mine = [l for l in earlier if l.tariff is line.tariff and l.per == per and not l.repeats]
        day_so_far = [l for l in mine if l.date == line.date]
        reason = ""
        if per in ("session", "half_day") and any(l.session == line.session for l in day_so_far):
            reason = "session_counted"
        elif per == "half_day" and len(day_so_far) >= 2:
            reason = "half_days_counted"
        elif per == "day" and day_so_far:
            reason = "day_counted"
        elif per == "mandate" and any(self.same_span("mandate", l.date, line.date) for l in mine):
            reason = "mandate_counted"
        line.repeats = bool(reason)
        if reason:
            line.due = 0
            line.decide("capped", reason)

    def price_presence(self, line, earlier):
        """`earlier`: the member's presences that were priced before."""
        session = self.sessions[line.session]
        tariff = self.tariff(session)
        mode = rounding_of(tariff)
        line.tariff, line.per, line.counts = tariff, tariff["per"], True
        line.units, line.rate = Fraction(1), self.book.amount(tariff["amounts"], line.date)
        line.minutes, line.fills_day = Fraction(0), False
        of_tariff = [l for l in earlier if l.tariff is tariff]
        if tariff["per"] == "hour":
            _, length = self.stay(line.fact, session)
            step = tariff.get("step", {}).get("minutes")
            line.minutes = length - length % step if step else length
            line.units = line.minutes / 60
            full = tariff.get("full_day")
            today = [l for l in of_tariff if l.date == line.date]
            line.fills_day = bool(full) and sum((l.minutes for l in today), line.minutes) >= full["minutes"]
            if line.fills_day:
                line.per = "day"
                line.units, line.rate = Fraction(1), self.book.amount(full["amounts"], line.date)
        line.gross = line.due = cents(line.units * line.rate, mode)
        if line.fills_day:
            line.reduce(max(0, line.gross - sum(l.due for l in today)), "full_day")
        self.count_once(line, earlier)
        self.cap(line, tariff.get("caps", []), mode, of_tariff)
        self.cap(line, self.stipend.get("caps", []), "half_up", earlier)
        self.count_units(line, mode)

    # --- claims ---

    def category(self, word):
        for category in self.rules.get("expenses", {}).get("categories", []):
            words = [category["category"]] + category.get("also", [])
            if folded(word) in map(folded, words):
                return category
        return None

    def there(self, member, on, served_at):
        """(where the member was, a meal was served) on a day: 4 in person at a covered session, 3 at one
        that perhaps is, 2 at another, 1 by video, 0 nowhere; a meal at the session named, or where
        none is at any that the member attended."""
        found, served = 0, bool(served_at) and self.sessions[served_at]["meal_served"]
        for presence in self.facts["presences"]:
            session = self.sessions[presence["session"]]
            if (presence["member"] != member["id"] or session["date"] != on
                    or presence["attendance"] not in ("present", "partial")
                    or self.stay(presence, session)[1] == 0):
                continue
            served = served or (not served_at and session["meal_served"])
            covered = "none" in self.stipend or self.tariff(session) is not None
            unknown = not session["body"] and not self.listed(session)
            found = max(found, 1 if session["kind"] == "video" else 4 if covered else 3 if unknown else 2)
        return found, served

    def judge_claim(self, line, member, category):
        claim, on = line.fact, line.date
        if "none" in self.stipend and "expenses" not in self.rules:
            return line.decide("zero", "nil_policy")
        if claim["same_as"]:
            return line.decide("zero", "same_fact")
        row = self.holding(member, on)
        if row is None:
            return line.decide("refused", "not_member")
        if row["status"] in NEVER_PAID:
            return line.decide("refused", "status_never_paid")
        if category is None:
            return line.decide("refused", "category_not_covered")
        found, served = self.there(member, on, claim["session"])
        if found < 3:
            return line.decide("refused", ("not_present", "attended_by_video",
                                           "session_without_stipend")[found])
        if category.get("meal_served", {}).get("refused") and served:
            return line.decide("refused", "meal_served")
        if category.get("receipt", {}).get("required") and not claim["receipt"]:
            return line.decide("refused", "no_receipt")
        deadline = category.get("deadline", {}).get("days")
        if deadline:
            if claim["claimed_on"] is None:
                return line.decide("undetermined", "claim_date_missing")
            if claim["claimed_on"] > on + timedelta(days=deadline):
                return line.decide("refused", "claim_late")
        if found == 3:
            return line.decide("undetermined", "session_body_missing")
        return False

    def bands(self, category, row, on, counter, distance):
        """Euros for a distance driven after `counter` kilometres; None without a known car."""
        version = at(self.book.series(category["scale"])["versions"], on)
        for vehicle in version["vehicles"]:
            if row["horsepower"] and vehicle["power_from"] <= row["horsepower"] <= vehicle["power_to"]:
                euros, done, parts = Fraction(0), counter, []
                for band in vehicle["bands"]:
                    up_to = Fraction(band["up_to"]) if "up_to" in band else counter + distance
                    stretch = min(counter + distance, up_to) - done
                    if stretch > 0:
                        euros += stretch * Fraction(band["rate"])
                        parts.append(Fraction(band["rate"]))
                        done += stretch
                return euros, parts[0] if len(parts) == 1 else None
        return None

    def kilometres_before(self, member, year):
        """What was reimbursed elsewhere in the year: a row states it for that of the period's first day if
        it holds on a day of it, else for the last of its own years before, or the first after."""
        for row in member["rows"]:
            begins, ends = (row["from"] or date.min).year, (row["to"] or date.max).year
            if row["km_before"] is not None and min(max(self.first.year, begins), ends) == year:
                return row["km_before"]
        return Fraction(0)

    def price_claim(self, line, member, category, earlier):
        claim, on = line.fact, line.date
        row, method, mode = self.holding(member, on), category["method"], rounding_of(category)
        quantity, amount = claim["quantity"], claim["amount"]
        if quantity is None and "default_quantity" in category:
            quantity = Fraction(category["default_quantity"]["value"])
        of_category = [l for l in earlier if l.category is category]
        for needed in NEEDED[method]:
            if needed == "amount" and amount is None:
                return line.decide("undetermined", "amount_missing")
            if needed == "quantity" and quantity is None:
                return line.decide("undetermined", "quantity_missing")
        if method == "receipt":
            line.units, line.gross = Fraction(1), cents(amount)
        elif method == "scale":
            counter = sum((l.units for l in of_category if l.date.year == on.year), Fraction(0))
            counter += self.kilometres_before(member, on.year)
            priced = self.bands(category, row, on, counter, quantity)
            if priced is None:
                return line.decide("undetermined", "horsepower_missing")
            line.units, line.rate = quantity, priced[1]
            line.gross = cents(priced[0], mode)
        else:
            line.units, line.rate = quantity, self.book.amount(category["rates"], on)
            line.gross = cents(amount) if method == "ceiling" else cents(quantity * line.rate, mode)
        line.due, line.counts, line.category = line.gross, True, category
        if method == "ceiling":
            line.reduce(cents(quantity * line.rate, mode), "cap_line")
        line.is_receipt = method == "ceiling"
        self.cap(line, category.get("caps", []), mode, of_category)
        self.count_units(line, mode)
        return True

    # --- everything ---

    def lines_of(self, member):
        """Every line of a member from the first fact on, in the order in which they are taken."""
        def start_of(presence):
            start, _ = self.stay(presence, self.sessions[presence["session"]])
            return start if start is not None else 24 * 60
        presences = [p for p in self.facts["presences"] if p["member"] == member["id"]]
        claims = [c for c in self.facts["claims"] if c["member"] == member["id"]]
        presences.sort(key=lambda p: (p["date"], start_of(p), p["session"], p["row"]))
        claims.sort(key=lambda c: (c["date"], c["session"], self.said(c), c["row"]))
        lines = []
        for presence in presences:
            line = Line(member, presence, "stipend")
            if presence["date"] <= self.last:
                if not self.judge(line, member):
                    self.price_presence(line, self.before(line, lines))
                lines.append(line)
        taken = []
        for claim in claims:
            category = self.category(claim["category"])
            line = Line(member, claim, category["category"] if category else claim["category"])
            line.category = category
            if claim["date"] <= self.last:
                if not self.judge_claim(line, member, category):
                    self.price_claim(line, member, category, self.before(line, taken))
                taken.append(line)
        return [line for line in lines + taken if line.date >= self.first]

    def said(self, claim):
        """What a claim says, to be compared: the order of the rows must not decide who comes first."""
        category = self.category(claim["category"])
        quantity, amount, claimed_on = claim["quantity"], claim["amount"], claim["claimed_on"]
        return (category["category"] if category else folded(claim["category"]),
                quantity is not None, quantity or 0, amount is not None, amount or 0,
                claim["receipt"], claimed_on is not None, claimed_on or date.min)

    def verdict(self, member, lines):
        if "means_test" not in self.stipend.get("conditions", {}):
            return "no_test"
        tested = [l for l in lines if hasattr(l, "verdict")]
        return tested[-1].verdict if tested else None
