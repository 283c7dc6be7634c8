# SPDX-License-Identifier: Apache-2.0
"""Months drawn from a seed: people, sessions, presences, claims and figures as offices have them,
with the edges drawn more often than life does; and rule files of towns that do not exist."""
from datetime import date, timedelta
from fractions import Fraction

from rulebook import day, holds

KINDS = ("plenary", "half_day", "evening", "video", "working_group", "proposal_group",
         "method_committee", "follow_up", "social")
STATUSES = ("drawn", "drawn", "drawn", "drawn", "volunteer", "alternate", "", "companion",
            "official", "agent")
LAST_SERIES_DAY = date(2026, 12, 31)


def maybe(draw, value, chance=0.5, other=None):
    return value if draw.random() < chance else other


def near(draw, days, edges):
    """A day of the list, often one of the edges or a day beside it."""
    first, last = days
    if edges and draw.random() < 0.3:
        found = draw.choice(edges) + timedelta(days=draw.choice((-1, 0, 0, 1)))
        if first <= found <= last:
            return found
    return first + timedelta(days=draw.randrange((last - first).days + 1))


def stretch(book, draw):
    """An interval of the life, and the days on which something changes in it."""
    lives = book.rules["life"]
    life = draw.choice(lives)
    first = day(life["from"])
    last = day(life["to"]) if "to" in life else LAST_SERIES_DAY
    edges = []

    def walk(value):
        if isinstance(value, dict):
            edges.extend(day(value[k]) for k in ("from", "to") if isinstance(value.get(k), str))
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
    walk({key: value for key, value in book.rules.items() if key not in ("sources", "examples")})
    return (first, last), edges


def paying(book, on):
    return any(s["state"] in ("in_force", "contested") and holds(s, on) for s in book.rules["status"])


def period_of(book, draw, days, edges):
    for _ in range(50):
        on = near(draw, days, edges)
        first = on.replace(day=1)
        length = draw.choice((1, 1, 1, 3, 12))
        first = first.replace(month=1) if length == 12 else first
        last = first
        for _ in range(length):
            last = (last + timedelta(days=31)).replace(day=1)
        first, last = max(first, days[0]), min(last - timedelta(days=1), days[1])
        span = (last - first).days + 1
        if all(paying(book, first + timedelta(days=i)) for i in range(span)):
            return first, last
    return None


def sessions_of(book, draw, days, period, edges):
    covered = [k for t in book.rules["stipend"].get("tariffs", []) for k in t["kinds"]] or ["plenary"]
    bodies = [""] * 3 + ["bureau", "conseil"]
    sessions = []
    for number in range(draw.randint(1, draw.choice((8, 8, 8, 30)))):
        inside = draw.random() < 0.7
        on = near(draw, period if inside else days, edges)
        if sessions and draw.random() < 0.25:
            on = sessions[-1]["date"]
        start = draw.choice((9, 9, 14, 18)) * 60 + draw.choice((0, 0, 30, 7))
        end = start + draw.choice((60, 90, 180, 210, 420, 479, 1))
        known = draw.random()
        sessions.append({
            "session": f"S{number + 1}", "date": on,
            "kind": draw.choice(covered) if draw.random() < 0.8 else draw.choice(KINDS),
            "start": start if known < 0.85 else None,
            "end": min(end, 23 * 60 + 59) if known < 0.8 or 0.85 <= known < 0.9 else None,
            "body": draw.choice(bodies), "meal_served": draw.random() < 0.3,
            "competence": draw.choice(("yes", "yes", "yes", "no", "advocacy")),
        })
    return sessions


def member_of(draw, number, days, period, sessions, seats):
    birth = None
    on = draw.choice(sessions)["date"]
    if draw.random() < 0.7:
        years = draw.choice((16, 18, 15, 17, 30, 45, 70))
        try:
            birth = on.replace(year=on.year - years) + timedelta(days=draw.choice((-1, 0, 1)))
        except ValueError:
            birth = date(on.year - years, 3, 1)
        if draw.random() < 0.1:
            birth = date(2008, 2, 29)
    requested = maybe(draw, near(draw, (days[0] - timedelta(days=40), days[1]),
                                 [period[1], on, on + timedelta(days=30), on + timedelta(days=60)]), 0.8)
    status, seat = draw.choice(STATUSES), maybe(draw, draw.choice(seats), 0.25, "")
    common = {"horsepower": draw.choice((None, 3, 5, 6, 7, 8, 12)),
              "km_before": draw.choice((None, Fraction(0), Fraction(1990), Fraction(19955, 10), Fraction(9999)))}
    cut = near(draw, days, [on])
    shapes = ([(None, None)], [(None, None)], [(None, None)], [(days[0], None)], [(None, cut)], [(cut, None)],
              [(None, cut), (cut + timedelta(days=1), None)], [(None, cut), (cut + timedelta(days=3), None)])
    rows = []
    for first, last in draw.choice(shapes):
        rows.append(dict(common, **{
            "from": first, "to": last, "status": maybe(draw, status, 0.9, draw.choice(STATUSES)),
            "body": draw.choice(("", "", "", "bureau", "Groupe de propositions", "comité méthodologique", "autre")),
            "seat": seat, "guardian": maybe(draw, "Paule Inventé", 0.5, "")}))
    if len(rows) > 1 and common["horsepower"] in (5, 6):
        rows[draw.randrange(2)]["km_before"] = None  # the other one states it for both
    return {"id": f"M{number:03d}", "birth": birth, "requested": requested, "rows": rows}


def stays(draw, session):
    """The times of one or two presences at a session: (start, end, minutes as written)."""
    start = session["start"] if session["start"] is not None else 9 * 60
    end = session["end"] if session["end"] is not None else start + 180
    start = min(start, 22 * 60)
    end = min(max(end, start + 2), 23 * 60 + 59)
    shape = draw.random()
    if shape < 0.3:
        return [(None, None, None)]
    if shape < 0.45:
        return [(None, None, Fraction(draw.choice((1, 59, 60, 61, 100, 180, 210, 420, 600, 14, 15))))]
    if shape < 0.55:
        hundredths = draw.choice((50, 100, 125, 167, 333, 350, 700, 25))
        return [(None, None, Fraction(hundredths * 60, 100))]
    early, late = start + draw.choice((-20, 0, 0, 7, 45)), end + draw.choice((-30, 0, 0, -1, 25))
    early, late = max(0, early), min(late, 23 * 60 + 59)
    if late <= early:
        early, late = start, end
    lasted = Fraction(draw.choice((1, 30, 60, 100, 180, 240, 500, 10020, 10080, 333)), 1)
    lasted = lasted / 100 if lasted > 1000 else lasted
    if shape < 0.62:
        return [(early, None, maybe(draw, lasted))]
    if shape < 0.72:
        return [(None, late, maybe(draw, lasted))]
    if shape < 0.85 or late - early < 20:
        return [(early, late, None)]
    middle = (early + late) // 2
    return [(early, middle - 3, None), (middle, late, None)]


def presences_of(draw, members, sessions):
    presences = []
    for member in members:
        for session in sessions:
            if draw.random() < 0.15:
                continue
            attendance = draw.choice(("present",) * 7 + ("partial", "partial", "absent", "excused"))
            times = stays(draw, session) if attendance in ("present", "partial") else [(None, None, None)]
            if len(times) == 1 and times[0][0] is not None and times[0][1] is None and (
                    session["end"] is not None and times[0][0] >= session["end"]):
                times = [(None, None, None)]
            if len(times) == 1 and times[0][1] is not None and times[0][0] is None and (
                    session["start"] is not None and times[0][1] <= session["start"]):
                times = [(None, None, None)]
            for start, end, minutes in times:
                presence = {"member": member["id"], "session": session["session"], "date": session["date"],
                            "attendance": attendance, "start": start, "end": end, "minutes": minutes,
                            "same_as": False}
                presences.append(presence)
                if draw.random() < 0.04:
                    presences.append(dict(presence))
    draw.shuffle(presences)
    seen = set()
    for row, presence in enumerate(presences):
        key = tuple(presence[k] for k in ("member", "session", "attendance", "start", "end", "minutes"))
        presence.update(row=row, where=f"attendance.csv:{row + 2}", same_as=key in seen)
        seen.add(key)
    return presences


def claims_of(book, draw, members, sessions, period):
    categories = book.rules.get("expenses", {}).get("categories", [])
    words = [w for c in categories for w in [c["category"]] + c.get("also", [])] + ["concierge"]
    named = {w: [c["category"]] + c.get("also", [])
             for c in categories for w in [c["category"]] + c.get("also", [])}
    claims = []
    for member in members:
        for _ in range(draw.choice((0, 0, 1, 2, 4))):
            session = draw.choice(sessions)
            on = session["date"] if draw.random() < 0.85 else near(draw, period, [])
            claim = {
                "member": member["id"], "date": on, "category": draw.choice(words),
                "session": session["session"] if on == session["date"] and draw.random() < 0.4 else "",
                "quantity": maybe(draw, Fraction(draw.choice((100, 200, 250, 800, 900, 1000, 2000, 12345, 1)), 100), 0.8),
                "amount": maybe(draw, Fraction(draw.choice((1, 250, 500, 799, 800, 801, 1240, 5400, 12999)), 100), 0.8),
                "receipt": draw.random() < 0.8,
                "claimed_on": maybe(draw, on + timedelta(days=draw.choice((0, 9, 10, 11, 59, 60, 61))), 0.7),
                "same_as": False}
            claims.append(claim)
            if draw.random() < 0.05:
                session = claim["session"] if len(claims) % 3 else ""
                claims.append(dict(claim, session=session,
                                   category=draw.choice(named.get(claim["category"], ["concierge"]))))
    draw.shuffle(claims)
    seen = set()
    for row, claim in enumerate(claims):
        meant = named.get(claim["category"], [claim["category"]])[0]
        key = (meant,) + tuple(str(claim[k]) for k in ("member", "date", "session", "quantity", "amount",
                                                       "receipt", "claimed_on"))
        claim.update(row=row, where=f"expenses.csv:{row + 2}", same_as=key in seen)
        seen.add(key)
    once_without_its_session(claims, seen, named, sessions)
    return claims


def once_without_its_session(claims, seen, named, sessions):
    """A claim that names no session is the same as one that does, on a day that has one only."""
    for claim in claims:
        here = [s["session"] for s in sessions if s["date"] == claim["date"]]
        if claim["session"] == "" and len(here) == 1:
            meant = named.get(claim["category"], [claim["category"]])[0]
            key = (meant,) + tuple(str(claim[k]) for k in ("member", "date"))
            rest = tuple(str(claim[k]) for k in ("quantity", "amount", "receipt", "claimed_on"))
            claim["same_as"] = claim["same_as"] or key + (here[0],) + rest in seen


def means_of(book, draw, members, sessions):
    test = book.rules["stipend"].get("conditions", {}).get("means_test")
    if not test or draw.random() < 0.05:
        return None
    limits = [Fraction(t.get("at_most", t.get("below"))) for t in test["thresholds"]]
    figures = []
    for member in members:
        months = set()
        for _ in range(draw.choice((0, 1, 1, 2, 3))):
            on = draw.choice(sessions)["date"]
            back = draw.choice((0, 0, 1, 5, 6, 7, 11, 12, 13, -1, -3, 30))
            index = on.year * 12 + on.month - 1 - back
            month = date(index // 12, index % 12 + 1, 1)
            if month in months:
                continue
            months.add(month)
            value = draw.choice(limits) + Fraction(draw.choice((0, 1, -1, -20000, 30000)), 100)
            figure = {"id": member["id"], "measure": test["measure"], "value": max(value, Fraction(0)),
                      "method": draw.choice(("caf", "caf", "msa", "tax_household")), "month": month,
                      "checked_on": month + timedelta(days=20)}
            figures.append(figure)
            if draw.random() < 0.1:
                figures.append(dict(figure, checked_on=month + timedelta(days=draw.choice((19, 22))),
                                    value=draw.choice(limits)))
            if draw.random() < 0.15:
                # By another method: checked on another day, or alike, or by one that nobody looks at.
                other = draw.choice([m for m in ("caf", "msa", "tax_household") if m != figure["method"]])
                looked_at = other in test["methods"] and figure["method"] in test["methods"]
                if looked_at and draw.random() < 0.3:
                    figures.append(dict(figure, method=other))
                else:
                    days = draw.choice((17, 23)) if looked_at else draw.choice((20, 23))
                    figures.append(dict(figure, method=other, checked_on=month + timedelta(days=days),
                                        value=draw.choice(limits) + draw.choice((0, 1))))
    draw.shuffle(figures)
    return figures


def batch_of(book, draw):
    """(facts, first day, last day) of one month, or None if the rules pay on no day drawn."""
    days, edges = stretch(book, draw)
    period = period_of(book, draw, days, edges)
    if period is None:
        return None
    sessions = sessions_of(book, draw, days, period, edges)
    seats = ("A", "B")
    members = [member_of(draw, n + 1, days, period, sessions, seats) for n in range(draw.randint(1, 6))]
    facts = {"members": members, "sessions": sessions, "presences": presences_of(draw, members, sessions),
             "claims": claims_of(book, draw, members, sessions, period),
             "means": means_of(book, draw, members, sessions)}
    return facts, period[0], period[1]


# --- the tables, as files ---

def clock(minutes):
    return "" if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


def number(value):
    """A fraction with at most four decimals, as people write it."""
    if value is None:
        return ""
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    assert Fraction(text) == value, value
    return text


def cell(value):
    return "" if value is None else str(value)


def tables_of(facts):
    """{file name: text} of the tables of a month."""
    yes = {True: "yes", False: "no"}
    rows = {"members.csv": ["id;last_name;first_name;birth_date;status;body;seat;from;to;requested_on;horsepower;km_before;guardian"],
            "sessions.csv": ["session;date;kind;start;end;body;meal_served;within_competence"],
            "attendance.csv": ["member;session;attendance;start;end;minutes;hours"],
            "expenses.csv": ["member;date;session;category;quantity;amount;receipt;claimed_on"]}
    for m in facts["members"]:
        for r in m["rows"]:
            rows["members.csv"].append(";".join(map(cell, (
                m["id"], "Invented", m["id"], m["birth"], r["status"], r["body"], r["seat"], r["from"], r["to"],
                m["requested"], r["horsepower"], number(r["km_before"]), r["guardian"]))))
    for s in facts["sessions"]:
        rows["sessions.csv"].append(";".join((
            s["session"], str(s["date"]), s["kind"], clock(s["start"]), clock(s["end"]), s["body"],
            yes[s["meal_served"]], s["competence"])))
    for p in facts["presences"]:
        whole = p["minutes"] is None or p["minutes"].denominator == 1
        rows["attendance.csv"].append(";".join((
            p["member"], p["session"], p["attendance"], clock(p["start"]), clock(p["end"]),
            number(p["minutes"]) if whole else "", "" if whole else number(p["minutes"] / 60))))
    for c in facts["claims"]:
        rows["expenses.csv"].append(";".join(map(cell, (
            c["member"], c["date"], c["session"], c["category"], number(c["quantity"]), number(c["amount"]),
            yes[c["receipt"]], c["claimed_on"]))))
    if facts["means"] is not None:
        rows["means.csv"] = ["id;measure;value;method;month;checked_on"] + [
            ";".join((f["id"], f["measure"], number(f["value"]), f["method"], str(f["month"])[:7], str(f["checked_on"])))
            for f in facts["means"]]
    return {name: "\n".join(lines) + "\n" for name, lines in rows.items()}
