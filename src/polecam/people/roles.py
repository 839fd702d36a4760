"""What each role permits, at the place where it is held and below it: tables, and nothing else."""

from enum import StrEnum

from polecam.organisation.models import Level
from polecam.people.models import Role


class Permission(StrEnum):
    """One thing a person may be allowed to do in a branch."""

    ASK = "ask"
    SEE_OWN_CLIENTS = "see_own_clients"
    SEE_BRANCH_CLIENTS = "see_branch_clients"
    WORK_REFERRALS = "work_referrals"
    REPORT_SALE = "report_sale"
    CONFIRM = "confirm"
    RECORD_COMPLAINT = "record_complaint"
    SEE_OWN_MONEY = "see_own_money"
    SEE_AMOUNTS = "see_amounts"
    SEE_BRANCH = "see_branch"
    SEE_NAMED = "see_named"
    SEE_TEAM = "see_team"
    PRAISE = "praise"
    IMPORT_CLIENTS = "import_clients"
    IMPORT_SALES = "import_sales"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_PLANS = "manage_plans"
    SEE_PERSON_DATA = "see_person_data"
    ERASE = "erase"
    SEE_SEALS = "see_seals"
    RAISE_DISPUTE = "raise_dispute"
    DECIDE_DISPUTE = "decide_dispute"
    PROPOSE_HANDOFF = "propose_handoff"
    DIVIDE_PORTFOLIO = "divide_portfolio"
    PLAN_ABSENCE = "plan_absence"
    JOIN_RECORDS = "join_records"
    GIVE_EXTRA = "give_extra"
    WRITE_PLAN = "write_plan"
    APPROVE_PLAN = "approve_plan"
    MANAGE_ENGAGEMENTS = "manage_engagements"
    CLOSE_MONTH = "close_month"
    APPROVE_MONTH = "approve_month"
    PAY = "pay"
    SETTLE = "settle"
    AUDIT = "audit"
    SHARE_OUT_POOL = "share_out_pool"
    CONFIRM_COACHING = "confirm_coaching"
    SEE_EVIDENCE = "see_evidence"
    ENTER_PARAMETERS = "enter_parameters"
    EDIT_MOMENTS = "edit_moments"
    MANAGE_INLETS = "manage_inlets"
    SEND_SURVEY = "send_survey"
    SEE_SURVEYS = "see_surveys"
    SURVEY_BRANCH = "survey_branch"
    LOOK_AT_PULSE = "look_at_pulse"
    LOOK_AT_BOSS = "look_at_boss"
    EDIT_WORDS = "edit_words"
    THANK = "thank"
    MANAGE_REWARDS = "manage_rewards"
    APPROVE_REWARD = "approve_reward"
    GIVE_REWARD = "give_reward"
    KEEP_REGISTER = "keep_register"
    SIGN_BALANCE = "sign_balance"
    MANAGE_MESSAGES = "manage_messages"
    SEE_RULES = "see_rules"
    MANAGE_TREE = "manage_tree"
    NAME_DEPUTY = "name_deputy"
    SEE_SIGN_INS = "see_sign_ins"
    MANAGE_FEEDS = "manage_feeds"
    SEE_TASKS = "see_tasks"


P = Permission
SELLING = {
    P.ASK,
    P.SEE_OWN_CLIENTS,
    P.WORK_REFERRALS,
    P.REPORT_SALE,
    P.SEE_OWN_MONEY,
    P.SEE_TEAM,
    P.PRAISE,
    P.SEE_SEALS,
    P.RAISE_DISPUTE,
    P.SEND_SURVEY,
    P.THANK,
}
ROLES: dict[str, frozenset[Permission]] = {
    Role.SELLER: frozenset(SELLING),
    Role.MANAGER: frozenset(
        SELLING
        | {
            P.SEE_BRANCH_CLIENTS,
            P.CONFIRM,
            P.RECORD_COMPLAINT,
            P.SEE_BRANCH,
            P.SEE_NAMED,
            P.IMPORT_SALES,
            P.IMPORT_CLIENTS,
            P.DECIDE_DISPUTE,
            P.PROPOSE_HANDOFF,
            P.DIVIDE_PORTFOLIO,
            P.PLAN_ABSENCE,
            P.JOIN_RECORDS,
            P.GIVE_EXTRA,
            P.WRITE_PLAN,
            P.SHARE_OUT_POOL,
            P.CONFIRM_COACHING,
            P.SEE_EVIDENCE,
            P.ENTER_PARAMETERS,
            P.SEE_SURVEYS,
            P.SURVEY_BRANCH,
            P.LOOK_AT_PULSE,
            P.APPROVE_REWARD,
            P.GIVE_REWARD,
            P.NAME_DEPUTY,
        }
    ),
    Role.ADMIN: frozenset(
        {
            P.DECIDE_DISPUTE,
            P.DIVIDE_PORTFOLIO,
            P.PLAN_ABSENCE,
            P.JOIN_RECORDS,
            P.MANAGE_PEOPLE,
            P.MANAGE_SETTINGS,
            P.MANAGE_PLANS,
            P.WRITE_PLAN,
            P.APPROVE_PLAN,
            P.MANAGE_ENGAGEMENTS,
            P.APPROVE_MONTH,
            P.SEE_EVIDENCE,
            P.ENTER_PARAMETERS,
            P.IMPORT_CLIENTS,
            P.IMPORT_SALES,
            P.CONFIRM,
            P.SEE_SEALS,
            P.EDIT_MOMENTS,
            P.MANAGE_INLETS,
            P.SEE_SURVEYS,
            P.SURVEY_BRANCH,
            P.LOOK_AT_BOSS,
            P.EDIT_WORDS,
            P.MANAGE_REWARDS,
            P.APPROVE_REWARD,
            P.GIVE_REWARD,
            P.MANAGE_MESSAGES,
            P.SEE_RULES,
            P.MANAGE_TREE,
            P.NAME_DEPUTY,
            P.SEE_SIGN_INS,
            P.MANAGE_FEEDS,
            P.SEE_TASKS,
        }
    ),
    Role.DPO: frozenset(
        {
            P.SEE_PERSON_DATA,
            P.ERASE,
            P.SEE_SEALS,
            P.KEEP_REGISTER,
            P.SIGN_BALANCE,
            P.SEE_RULES,
        }
    ),
    Role.PAYROLL: frozenset(
        {
            P.SEE_AMOUNTS,
            P.SEE_SEALS,
            P.APPROVE_PLAN,
            P.MANAGE_ENGAGEMENTS,
            P.CLOSE_MONTH,
            P.APPROVE_MONTH,
            P.PAY,
            P.SETTLE,
            P.AUDIT,
        }
    ),
}


REGION = "region"
"""What the manager of a region is at the doors: not a `manager`, so that every page of a branch
stays shut to them unless its own door says otherwise."""
REGIONAL = frozenset(
    {
        P.SEE_BRANCH,
        P.SEE_EVIDENCE,
        P.SEE_SURVEYS,
        P.WRITE_PLAN,
        P.DECIDE_DISPUTE,
        P.NAME_DEPUTY,
        P.SEE_SEALS,
    }
)
"""What the manager of a region may do in it and in the branches below: totals, plans, other
people's disputes, deputies. Neither clients' names nor what one seller did or earned, nor anybody's
contact data."""
SELLS = frozenset({Role.SELLER, Role.MANAGER})
"""Roles of those who ask clients themselves."""
LASTING = frozenset({P.NAME_DEPUTY, P.WRITE_PLAN, P.GIVE_EXTRA, P.ENTER_PARAMETERS})
"""What outlasts an absence, so no deputy does it."""


def permits(role: str, held_at: str) -> frozenset[Permission]:
    """What `role`, held at a place of level `held_at`, permits in that place itself."""
    if role == Role.MANAGER and held_at == Level.REGION:
        return REGIONAL
    return ROLES[role]


def reach(role: str, held_at: str) -> frozenset[Permission]:
    """What `role`, held at a place of level `held_at`, permits in every place below it.

    Office roles reach all the way down. The manager of a branch leads its teams; the manager of a
    region sees sums. A seller's role ends where it is held.
    """
    return frozenset() if role == Role.SELLER else permits(role, held_at)


def as_deputy(held_at: str) -> frozenset[Permission]:
    """What a deputy of the manager of a place permits there and below: the day's work, not what
    outlasts the absence."""
    return permits(Role.MANAGER, held_at) - LASTING


def at_doors(role: str, held_at: str) -> str:
    """What `role`, held at a place of level `held_at`, is called at the doors of pages."""
    return REGION if role == Role.MANAGER and held_at == Level.REGION else role
