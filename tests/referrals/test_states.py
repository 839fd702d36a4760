"""The states of a referral: pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.kit.errors import Refused
from polecam.referrals import states
from polecam.referrals.models import State

ANY = st.sampled_from(sorted(State.values))


def test_every_state_has_its_moves():
    assert states.MOVES.keys() == set(State.values)
    assert all(then <= set(State.values) for then in states.MOVES.values())


@given(ANY, ANY)
def test_a_move_is_allowed_or_refused(now, then):
    if states.may_move(now, then):
        states.require_move(now, then)
    else:
        with pytest.raises(Refused, match="referral_move"):
            states.require_move(now, then)


@given(st.lists(ANY, max_size=12))
def test_nothing_comes_back_to_life(wishes):
    """However moves are tried, stages never fall and an end is an end (objected, expired apart)."""
    state, path = "captured", ["captured"]
    for wish in wishes:
        if states.may_move(state, wish):
            state = wish
            path.append(state)
    ended = [i for i, s in enumerate(path) if s in states.ENDED]
    assert all(s in states.ENDED for s in path[ended[0] :]) if ended else True
    stages = [states.stage(s) for s in path if s not in states.ENDED]
    assert stages == sorted(stages)
    assert len(path) == len(set(path))


@given(ANY)
def test_erasing_is_always_possible(state):
    assert state == states.EXPIRED or states.may_move(state, states.EXPIRED)


def test_consent_comes_before_work():
    for state in sorted(states.WAITING):
        with pytest.raises(Refused, match="referral_waits"):
            states.require_workable(state)
    for state in sorted(states.ENDED | {states.WON}):
        with pytest.raises(Refused, match="referral_ended"):
            states.require_workable(state)
    for state in sorted(states.WORKABLE):
        states.require_workable(state)
