"""The figures of hearing as lines of text, each with its aim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.benchmarks.hearing.calls import CONDITIONS
from tests.benchmarks.hearing.measures import pairs_in_order
from tests.benchmarks.hearing.run import Heard, Invented


def report(heard: Sequence[Heard], invented: Sequence[Invented], *, by_call: bool) -> str:
    """What to print."""
    lines = ["Errors: characters of Mandarin, words of English; mono unless said", ""]
    lines.append(
        f"{'':<38}{'length':>7}{'plain':>8}{'ours':>8}{'without':>9}{'ratio':>7}   terms plain, ours"
    )
    for name, rows in _sets(heard):
        lines.append(_errors(name, rows))
    lines += [
        "",
        *_wordless(invented),
        "",
        *_speakers(heard),
        "",
        *_at_once(heard),
        "",
        *_raised(heard),
        "",
        *_speed(heard),
    ]
    if by_call:
        lines += ["", *map(_one, heard)]
    return "\n".join(lines)


def _sets(heard: Sequence[Heard]) -> Iterable[tuple[str, list[Heard]]]:
    for language, what in (("zh", "Mandarin"), ("en", "English")):
        for group in ("samples", "held out"):
            for condition in (*CONDITIONS, None):
                rows = [
                    one
                    for one in heard
                    if one.work.condition == condition
                    and one.work.group == group
                    and one.work.call.language == language
                ]
                if rows:
                    yield f"{what}, {group}, {condition or 'by channel'} ({len(rows)})", rows
    for condition in CONDITIONS:
        rows = [one for one in heard if one.work.condition == condition and one.work.call.language == "zh"]
        if rows:
            yield f"Mandarin, all, {condition} ({len(rows)})", rows


def _errors(name: str, rows: Sequence[Heard]) -> str:
    length = sum(row.length for row in rows)
    ours, without = sum(row.errors for row in rows), sum(row.uncorrected for row in rows)
    plain = [row.plain_errors for row in rows if row.plain_errors is not None]
    line = f"{name:<38}{length:>7}{_share(sum(plain), length) if plain else '-':>8}"
    line += f"{_share(ours, length):>8}{_share(without, length):>9}"
    line += f"{ours / sum(plain):>7.2f}" if sum(plain) else f"{'-':>7}"
    caught, said = (sum(row.terms[i] for row in rows) for i in (0, 1))
    before = [row.plain_terms[0] for row in rows if row.plain_terms is not None]
    if not said:
        return line
    return line + f"   {_share(sum(before), said) if before else '-'}, {_share(caught, said)} of {said}"


def _wordless(invented: Sequence[Invented]) -> list[str]:
    lines = [
        "Invented characters where nobody speaks (aim 0): ours with and without the language, plain in 60 s"
    ]
    for one in sorted(invented, key=lambda i: i.work.kind):
        name = one.work.file.name if one.work.file is not None else one.work.kind
        lines.append(f"  {name:<30}{one.seconds:>6.0f} s  ours {one.ours:>3}   plain {one.plain:>3}")
    return lines


def _speakers(heard: Sequence[Heard]) -> list[str]:
    lines = ["Who speaks (aim: 0.95 of the words, roles right on 19 of 20 calls, by channel on all)"]
    for group in ("samples", "held out"):
        for condition in (*CONDITIONS, None):
            rows = [one for one in heard if one.work.group == group and one.work.condition == condition]
            if not rows:
                continue
            right, length = (sum(getattr(row.parties, name) for row in rows) for name in ("right", "length"))
            low = [row for row in rows if row.parties.right < 0.95 * row.parties.length]
            wrong = [row.work.call.id for row in rows if not row.parties.roles_right]
            lines.append(
                f"  {group}, {condition or 'by channel'}: words {_share(right, length)} of {length}, "
                f"{len(rows) - len(low)} of {len(rows)} calls at 0.95; "
                f"roles right on {len(rows) - len(wrong)} of {len(rows)}"
                + (f" (not {', '.join(sorted(wrong))})" if wrong else "")
            )
    for name, rows in (
        ("mono", [one for one in heard if one.work.condition == CONDITIONS[0]]),
        ("by channel", [one for one in heard if one.work.condition is None]),
    ):
        right = sum(one.parties.roles_right for one in rows)
        lines.append(f"  all, {name}: roles right on {right} of {len(rows)} calls")
    return lines


def _at_once(heard: Sequence[Heard]) -> list[str]:
    lines = ["Two at once in one channel: overlaps of 0.2 s and more found, and heard where none is"]
    for group in ("samples", "held out"):
        for condition in CONDITIONS:
            rows = [
                one.at_once
                for one in heard
                if one.work.group == group and one.work.condition == condition and one.at_once is not None
            ]
            if rows:
                found, planted, false = (
                    sum(getattr(row, name) for row in rows) for name in ("found", "planted", "false")
                )
                right, told, meant = (sum(row.cut_in[i] for row in rows) for i in range(3))
                lines.append(
                    f"  {group}, {condition}: {found} of {planted}, {false} false; "
                    f"interruptions {right} of {told} told right, {meant} planted"
                )
    return lines


def _raised(heard: Sequence[Heard]) -> list[str]:
    lines = ["Raised voice against the same speaker's calm turns (aim: AUC 0.9; the shouting is a vocoder's)"]
    for group in ("samples", "held out"):
        for name, stereo in (("by channel", True), ("mono", False)):
            rows = [
                one
                for one in heard
                if one.work.group == group and one.work.condition == (None if stereo else CONDITIONS[0])
            ]
            pairs = [pairs_in_order(row.efforts) for row in rows]
            count = sum(n for _, n in pairs)
            planted = sum(one.planted for row in rows for one in row.efforts)
            if count:
                auc = sum(found for found, _ in pairs) / count
                calls = sum(1 for _, n in pairs if n)
                lines.append(f"  {group}, {name}: AUC {auc:.3f} ({planted} raised turns in {calls} calls)")
    return lines


def _speed(heard: Sequence[Heard]) -> list[str]:
    rows = [row for row in heard if row.plain_cpu is not None]
    seconds = sum(row.seconds for row in rows)
    ours, plain = sum(row.cpu for row in rows), sum(row.plain_cpu or 0.0 for row in rows)
    speakers = sum(row.speakers_cpu for row in rows)
    if not rows:
        return []
    return [
        f"CPU seconds by second of audio: recognition {ours / seconds:.4f}, plain {plain / seconds:.4f}: "
        f"{ours / plain:.2f} of it (aim 1.0); voices and speakers {speakers / seconds:.4f}: "
        f"{speakers / ours:.3f} of recognition"
    ]


def _one(row: Heard) -> str:
    plain = "-" if row.plain_errors is None else _share(row.plain_errors, row.length)
    return (
        f"{row.work.call.id:<32}{row.work.condition or 'by channel':<20} plain {plain} "
        f"ours {_share(row.errors, row.length)} words {_share(row.parties.right, row.parties.length)} "
        f"roles {'right' if row.parties.roles_right else 'WRONG'}"
    )


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"
