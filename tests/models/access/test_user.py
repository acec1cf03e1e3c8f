"""What the roles of the works allow."""

from models.access.user import Right, User, UserRole


def user(*roles: UserRole, shops: tuple[str, ...] = (), disabled: bool = False) -> User:
    return User(name="a.b", full_name="A. B.", roles=roles, shops=shops, disabled=disabled)


def test_a_viewer_may_change_nothing() -> None:
    assert not any(user(UserRole.VIEWER).may(right) for right in Right)


def test_a_right_of_a_shop_is_none_for_another_shop_nor_for_the_works() -> None:
    chief = user(UserRole.SHOP_CHIEF, shops=("bf",))
    assert chief.may(Right.CORRECT, "bf")
    assert not chief.may(Right.CORRECT, "steel")
    assert not chief.may(Right.CORRECT)
    assert chief.may_somewhere(Right.CORRECT)
    assert user(UserRole.SHOP_CHIEF).may(Right.CORRECT, "steel")


def test_several_roles_add_up() -> None:
    both = user(UserRole.CLERK, UserRole.DISPATCHER)
    assert both.may(Right.STATE_FIGURES)
    assert both.may(Right.ACT_ON_ALERTS)
    assert not both.may(Right.SIGN_WORKS)


def test_who_manages_the_users_states_no_figures() -> None:
    admin = user(UserRole.ADMIN)
    assert [right for right in Right if admin.may(right)] == [Right.MANAGE_USERS]


def test_a_disabled_user_may_do_nothing() -> None:
    gone = user(*UserRole, disabled=True)
    assert not any(gone.may(right) or gone.may_somewhere(right) for right in Right)


def test_records_tell_people_of_one_name_apart() -> None:
    assert user().author == "A. B. (a.b)"
    assert User(name="clerk", full_name="", roles=()).author == "clerk"
