"""Searches are carried out one by one, in the order in which they came; none waits long for a slow one."""

import asyncio

from fastapi.routing import APIRoute

from app.deps import IN_TURN
from app.routes import api, pages
from app.turns import Turns


async def _search(turns: Turns, name: str, told: list[str], ends: asyncio.Event) -> None:
    async with turns.taken():
        told.append(f"{name} begins")
        await ends.wait()
        told.append(f"{name} ends")


def test_searches_take_turns_in_order() -> None:
    async def three() -> list[str]:
        turns, told, ends = Turns(patience=60), list[str](), asyncio.Event()
        waiting = [asyncio.create_task(_search(turns, name, told, ends)) for name in "abc"]
        await asyncio.sleep(0)
        ends.set()
        await asyncio.gather(*waiting)
        return told

    assert asyncio.run(three()) == ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]


def test_a_search_goes_ahead_beside_a_slow_one_and_leaves_its_turn_alone() -> None:
    async def two() -> tuple[list[str], bool]:
        turns, told, slow, ends = Turns(patience=0), list[str](), asyncio.Event(), asyncio.Event()
        ends.set()
        first = asyncio.create_task(_search(turns, "slow", told, slow))
        await asyncio.sleep(0)
        await _search(turns, "quick", told, ends)
        still_held = turns.free.locked()
        slow.set()
        await first
        return told, still_held and not turns.free.locked()

    assert asyncio.run(two()) == (["slow begins", "quick begins", "quick ends", "slow ends"], True)


def test_a_search_that_fails_gives_its_turn_back() -> None:
    async def failed() -> bool:
        turns = Turns()
        try:
            async with turns.taken():
                raise RuntimeError
        except RuntimeError:
            return turns.free.locked()

    assert asyncio.run(failed()) is False


def test_searches_of_the_page_and_of_the_api_take_turns() -> None:
    routes = [route for module in (pages, api) for route in module.router.routes if isinstance(route, APIRoute)]
    assert {route.path for route in routes if IN_TURN in route.dependencies} == {"/search", "/api/v1/search"}


def test_a_search_given_up_while_it_waits_leaves_the_turn_to_others() -> None:
    async def given_up() -> list[str]:
        turns, told, slow, ends = Turns(patience=60), list[str](), asyncio.Event(), asyncio.Event()
        ends.set()
        first = asyncio.create_task(_search(turns, "slow", told, slow))
        waiting = asyncio.create_task(_search(turns, "given up", told, ends))
        await asyncio.sleep(0)
        waiting.cancel()
        slow.set()
        await first
        await _search(turns, "last", told, ends)
        return told

    assert asyncio.run(given_up()) == ["slow begins", "slow ends", "last begins", "last ends"]
