"""The durable queue of digests, in `answers.db`. Only an opening adds to it."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from bot.outbox import (
    ASIDE,
    MAILTO,
    WEEKLY,
    Channel,
    Dispatch,
    DispatchState,
    WrittenDigest,
    channel_of,
    readers,
)
from storage.memory import MemoryMail, address
from storage.remarks import publish_remarks, published_with
from storage.sqlite import Database


class SqliteOutbox:
    """The port `Outbox` on `answers.db`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pending(self, channel: Channel | None = None) -> list[Dispatch]:
        """Give what is still to be sent, oldest first; of one channel, or of all."""
        return await self._database.read(partial(_pending, channel))

    async def mark(self, dispatch: Dispatch, state: DispatchState) -> None:
        """Store how far it has come; durable when this returns.

        Raises:
            KeyError: no opening ever made this dispatch.
        """

        def change(raw: sqlite3.Connection) -> None:
            changed = raw.execute(
                """
                UPDATE outbox
                SET state = ?
                WHERE week = ? AND kind = ? AND flow = ? AND recipient = ?
                """,
                (state.value, *address(dispatch)),
            ).rowcount
            if not changed:
                raise KeyError(address(dispatch))

        await self._database.run(change)

    async def recover(self, channel: Channel | None = None) -> int:
        """Turn every `sending` of an earlier run into `perhaps`; give how many."""
        return await self._database.run(
            lambda raw: (
                raw.execute(
                    """
                    UPDATE outbox
                    SET state = 'perhaps'
                    WHERE state = 'sending'
                        AND (
                            :is_mail IS NULL
                            OR :is_mail = (substr(recipient, 1, :length) = :mailto)
                        )
                    """,
                    _channel(channel),
                ).rowcount
            )
        )

    async def readdress(self, old: str, new: str) -> None:
        """Follow a group that moved to a new chat id.

        What both were to get, the new one keeps: nobody gets a digest twice.
        """

        def change(raw: sqlite3.Connection) -> None:
            raw.execute(
                """
                UPDATE OR IGNORE outbox
                SET recipient = ?
                WHERE recipient = ?
                """,
                (new, old),
            )
            if old != new:
                raw.execute("DELETE FROM outbox WHERE recipient = ?", (old,))

        await self._database.run(change)

    async def unsettled(self) -> list[Dispatch]:
        """Give the dispatches that ended in `perhaps` or `dead`, newest first."""
        return await self._database.read(_unsettled)

    async def latest(self) -> Sequence[WrittenDigest]:
        """Give the newest digests, of any kind but those in ASIDE."""
        return await self._database.read(_latest)

    async def remarks(self, week: str, flow: str) -> tuple[str, ...]:
        """Give the remarks that went with a flow's weekly digest."""
        return await self._database.read(lambda raw: published_with(raw, week, flow))


def post(
    raw: sqlite3.Connection,
    digests: Sequence[WrittenDigest],
    recipients: Sequence[str],
    reviewers: Sequence[str] = (),
) -> None:
    """Store the digests of an opening, in its transaction: one dispatch each to all."""
    raw.executemany(
        """
        INSERT INTO digests (week, kind, flow, text, has_news, picture)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [(d.week, d.kind, d.flow, d.text, d.has_news, d.picture) for d in digests],
    )
    raw.executemany(
        """
        INSERT INTO outbox (week, kind, flow, recipient, state)
        VALUES (?, ?, ?, ?, 'pending')
        """,
        [
            (digest.week, digest.kind, digest.flow, recipient)
            for digest in digests
            for recipient in readers(digest, recipients, reviewers)
        ],
    )
    publish_remarks(raw, digests)


def newest_opening(raw: sqlite3.Connection) -> str | None:
    """Give the ISO week of the newest opening."""
    row = raw.execute(
        """
        SELECT week
        FROM openings
        ORDER BY number DESC
        LIMIT 1
        """
    ).fetchone()
    return None if row is None else str(row[0])


def _channel(channel: Channel | None) -> dict[str, str | int | None]:
    """Give what a statement needs to tell the recipients of a channel."""
    is_mail = None if channel is None else int(channel is Channel.MAIL)
    return {"is_mail": is_mail, "mailto": MAILTO, "length": len(MAILTO)}


def _pending(channel: Channel | None, raw: sqlite3.Connection) -> list[Dispatch]:
    rows = raw.execute(
        """
        SELECT week, kind, flow, text, has_news, picture, recipient, state
        FROM outbox
        JOIN digests USING (week, kind, flow)
        JOIN openings USING (week)
        WHERE state = 'pending'
            AND (
                :is_mail IS NULL
                OR :is_mail = (substr(recipient, 1, :length) = :mailto)
            )
        -- What is of no flow comes after the digests it belongs to; of one flow, the
        -- weekly digest comes before what is told less often.
        ORDER BY number, flow = '', flow, kind DESC, recipient
        """,
        _channel(channel),
    ).fetchall()
    return _dispatches(raw, rows)


def _unsettled(raw: sqlite3.Connection) -> list[Dispatch]:
    rows = raw.execute(
        """
        SELECT week, kind, flow, text, has_news, picture, recipient, state
        FROM outbox
        JOIN digests USING (week, kind, flow)
        JOIN openings USING (week)
        WHERE state IN ('perhaps', 'dead')
        ORDER BY number DESC, flow = '', flow, kind DESC, recipient
        """
    ).fetchall()
    return _dispatches(raw, rows)


def _latest(raw: sqlite3.Connection) -> list[WrittenDigest]:
    aside = ", ".join(f"'{kind}'" for kind in ASIDE)
    rows = raw.execute(
        f"""
        SELECT week, kind, flow, text, has_news, picture
        FROM digests
        WHERE kind NOT IN ({aside})
            AND week = (
                SELECT week
                FROM digests
                JOIN openings USING (week)
                WHERE kind NOT IN ({aside})
                ORDER BY number DESC
                LIMIT 1
            )
        ORDER BY flow, kind DESC
        """  # noqa: S608 - our own constants
    ).fetchall()
    return [_digest(raw, *row) for row in rows]


def _dispatches(
    raw: sqlite3.Connection,
    rows: Iterable[tuple[str, str, str, str, int, str, str, str]],
) -> list[Dispatch]:
    return [
        Dispatch(
            _digest(raw, week, kind, flow, text, news, picture),
            to,
            DispatchState(state),
        )
        for week, kind, flow, text, news, picture, to, state in rows
    ]


def _digest(
    raw: sqlite3.Connection,
    week: str,
    kind: str,
    flow: str,
    text: str,
    has_news: int,
    picture: str,
) -> WrittenDigest:
    remarks = published_with(raw, week, flow) if kind == WEEKLY else ()
    return WrittenDigest(week, kind, flow, text, bool(has_news), picture, remarks)


def _of(channel: Channel | None, dispatches: Iterable[Dispatch]) -> list[Dispatch]:
    return [d for d in dispatches if channel in (None, channel_of(d.recipient))]


class MemoryOutbox:
    """The port `Outbox` in memory, for tests and for `try`.

    Args:
        mail: what it shares with the ballots, as the two share a file on disk.
    """

    def __init__(self, mail: MemoryMail) -> None:
        self._mail = mail

    async def pending(self, channel: Channel | None = None) -> list[Dispatch]:
        """Give what is still to be sent, oldest first; of one channel, or of all."""
        waiting = _of(channel, self._in(DispatchState.PENDING))
        return self._in_order(waiting)

    async def mark(self, dispatch: Dispatch, state: DispatchState) -> None:
        """Store how far it has come. Raises KeyError for a dispatch never made."""
        known = self._mail.dispatches[address(dispatch)]
        self._mail.put(replace(known, state=state))

    async def recover(self, channel: Channel | None = None) -> int:
        """Turn every `sending` of an earlier run into `perhaps`; give how many."""
        sending = _of(channel, self._in(DispatchState.SENDING))
        for dispatch in sending:
            self._mail.put(replace(dispatch, state=DispatchState.PERHAPS))
        return len(sending)

    async def readdress(self, old: str, new: str) -> None:
        """Follow a group that moved to a new chat id."""
        moved = [d for d in self._mail.dispatches.values() if d.recipient == old]
        for dispatch in moved:
            del self._mail.dispatches[address(dispatch)]
            there = replace(dispatch, recipient=new)
            self._mail.dispatches.setdefault(address(there), there)

    async def unsettled(self) -> list[Dispatch]:
        """Give the dispatches that ended in `perhaps` or `dead`, newest first."""
        ended = self._in(DispatchState.PERHAPS, DispatchState.DEAD)
        return sorted(self._in_order(ended), key=lambda d: -self._opening(d.digest))

    async def latest(self) -> Sequence[WrittenDigest]:
        """Give the newest digests, of any kind but those in ASIDE."""
        digests = [d for d in self._mail.digests if d.kind not in ASIDE]
        newest = max(map(self._opening, digests), default=None)
        latest = [d for d in digests if self._opening(d) == newest]
        by_kind = sorted(latest, key=lambda digest: digest.kind, reverse=True)
        return sorted(by_kind, key=lambda digest: digest.flow)

    async def remarks(self, week: str, flow: str) -> tuple[str, ...]:
        """Give the remarks that went with a flow's weekly digest."""
        found = (
            d.remarks for d in self._mail.digests if (d.week, d.flow) == (week, flow)
        )
        return next((remarks for remarks in found if remarks), ())

    def _in(self, *states: DispatchState) -> list[Dispatch]:
        return [d for d in self._mail.dispatches.values() if d.state in states]

    def _in_order(self, dispatches: Iterable[Dispatch]) -> list[Dispatch]:
        by_name = sorted(dispatches, key=lambda one: one.recipient)
        by_kind = sorted(by_name, key=lambda one: one.digest.kind, reverse=True)
        return sorted(by_kind, key=self._place)

    def _place(self, dispatch: Dispatch) -> tuple[int, bool, str]:
        flow = dispatch.digest.flow
        return (self._opening(dispatch.digest), not flow, flow)

    def _opening(self, digest: WrittenDigest) -> int:
        return self._mail.openings.index(digest.week)
