"""What the desk says of signing in, in the three languages."""

from models.works.localize import Language

ACCESS_TEXTS: dict[str, dict[Language, str]] = {
    "leave_drafts": {
        "en": "What you typed and did not save is forgotten when you sign out. Sign out?",
        "ru": "Набранное и не сохранённое пропадёт при выходе. Выйти?",
        "kk": "Терілген, бірақ сақталмаған деректер шыққанда өшіріледі. Шығасыз ба?",
    },
    "sign_in": {"en": "Sign in", "ru": "Вход", "kk": "Кіру"},
    "do_sign_in": {"en": "Sign in", "ru": "Войти", "kk": "Кіру"},
    "sign_out": {"en": "Sign out", "ru": "Выйти", "kk": "Шығу"},
    "user_name": {"en": "User name", "ru": "Имя пользователя", "kk": "Пайдаланушы аты"},
    "password": {"en": "Password", "ru": "Пароль", "kk": "Құпиясөз"},
    "save": {"en": "Save", "ru": "Сохранить", "kk": "Сақтау"},
    "sign_in_wrong": {
        "en": "User name or password is wrong.",
        "ru": "Неверное имя пользователя или пароль.",
        "kk": "Пайдаланушы аты немесе құпиясөз қате.",
    },
    "sign_in_wait": {
        "en": "Too many wrong passwords. Try again in {seconds} s.",
        "ru": "Слишком много неверных паролей. Повторите через {seconds} с.",
        "kk": "Қате құпиясөз тым көп енгізілді. {seconds} с кейін қайталаңыз.",
    },
    "sign_in_failed": {
        "en": "The sign-in could not be stored. Try again; if it stays so, look at the disk of the server.",
        "ru": "Не удалось сохранить вход. Повторите; если не поможет, проверьте диск сервера.",
        "kk": "Кіруді сақтау мүмкін болмады. Қайталап көріңіз; көмектеспесе, сервердің дискісін тексеріңіз.",
    },
    "sign_out_failed": {
        "en": "This browser is signed out, but the server could not store it: the session ends by itself after 12 h.",
        "ru": "Этот браузер вышел, но сервер не смог это сохранить: сеанс закончится сам через 12 ч.",
        "kk": "Бұл браузер шықты, бірақ сервер оны сақтай алмады: сеанс 12 сағаттан кейін өзі аяқталады.",
    },
    "password_failed": {
        "en": "The password is not changed: it could not be stored. Look at the disk of the server.",
        "ru": "Пароль не изменён: его не удалось сохранить. Проверьте диск сервера.",
        "kk": "Құпиясөз өзгертілмеді: оны сақтау мүмкін болмады. Сервердің дискісін тексеріңіз.",
    },
    "no_users": {
        "en": "Nobody can sign in yet. Add a user on the server: tundish user add",
        "ru": "Пользователей ещё нет. Добавьте их на сервере: tundish user add",
        "kk": "Әзірге пайдаланушы жоқ. Серверде қосыңыз: tundish user add",
    },
    "change_password": {"en": "Change password", "ru": "Смена пароля", "kk": "Құпиясөзді өзгерту"},
    "password_now": {"en": "Present password", "ru": "Нынешний пароль", "kk": "Қазіргі құпиясөз"},
    "password_new": {"en": "New password", "ru": "Новый пароль", "kk": "Жаңа құпиясөз"},
    "password_again": {"en": "New password again", "ru": "Новый пароль ещё раз", "kk": "Жаңа құпиясөз тағы бір рет"},
    "password_changed": {
        "en": "The password is changed. Other browsers are signed out.",
        "ru": "Пароль изменён. В других браузерах выполнен выход.",
        "kk": "Құпиясөз өзгертілді. Басқа браузерлерден шығу орындалды.",
    },
    "password_wrong": {
        "en": "The present password is wrong.",
        "ru": "Нынешний пароль неверен.",
        "kk": "Қазіргі құпиясөз қате.",
    },
    "password_differs": {
        "en": "The new passwords differ. Type the same one twice.",
        "ru": "Новые пароли не совпадают. Введите один и тот же дважды.",
        "kk": "Жаңа құпиясөздер сәйкес емес. Бір құпиясөзді екі рет енгізіңіз.",
    },
    "company_away": {
        "en": "{service}: the service does not answer. Try again, or sign in with a password of the desk.",
        "ru": "{service}: служба не отвечает. Повторите или войдите по паролю этой системы.",
        "kk": "{service}: қызмет жауап бермейді. Қайталаңыз немесе осы жүйенің құпиясөзімен кіріңіз.",
    },
    "company_too_late": {
        "en": "This sign-in was begun in another browser, or too long ago. Begin again.",
        "ru": "Этот вход начат в другом браузере или слишком давно. Начните заново.",
        "kk": "Бұл кіру басқа браузерде немесе тым бұрын басталған. Қайтадан бастаңыз.",
    },
    "company_refused": {
        "en": "{service}: you were not signed in there.",
        "ru": "{service}: вход там не выполнен.",
        "kk": "{service}: онда кіру орындалмады.",
    },
    "company_not_believed": {
        "en": "{service}: the answer could not be believed, so nobody is signed in. See the log of the desk.",
        "ru": "{service}: ответу нельзя доверять, вход не выполнен. См. журнал сервера страниц.",
        "kk": "{service}: жауапқа сенуге болмайды, кіру орындалмады. Бет серверінің журналын қараңыз.",
    },
    "company_no_name": {
        "en": "{service}: its answer has no {name}. Set desk.oidc.claim in plant.yaml to one that it has.",
        "ru": "{service}: в ответе нет {name}. Укажите в plant.yaml в desk.oidc.claim то, что там есть.",
        "kk": "{service}: жауапта {name} жоқ. plant.yaml ішінде desk.oidc.claim мәніне онда барын жазыңыз.",
    },
    "company_unknown": {
        "en": "{name} is no user of the desk, or is disabled. Ask who manages the users.",
        "ru": "{name}: такого пользователя здесь нет или он отключён. Обратитесь к администратору.",
        "kk": "{name}: мұнда мұндай пайдаланушы жоқ немесе ол өшірілген. Әкімшіге хабарласыңыз.",
    },
    "password_short": {
        "en": "The new password is too short: at least 10 characters.",
        "ru": "Новый пароль слишком короткий: не меньше 10 знаков.",
        "kk": "Жаңа құпиясөз тым қысқа: кемінде 10 таңба.",
    },
    "password_long": {
        "en": "The new password is too long: at most 200 characters.",
        "ru": "Новый пароль слишком длинный: не больше 200 знаков.",
        "kk": "Жаңа құпиясөз тым ұзын: ең көбі 200 таңба.",
    },
    "password_plain": {
        "en": "The new password is too easy to guess. Choose another one.",
        "ru": "Новый пароль слишком легко угадать. Выберите другой.",
        "kk": "Жаңа құпиясөзді табу тым оңай. Басқасын таңдаңыз.",
    },
    "action_failed": {
        "en": "It could not be stored: see the log of the desk. Nothing was changed.",
        "ru": "Сохранить не удалось: см. журнал сервера страниц. Ничего не изменено.",
        "kk": "Сақтау мүмкін болмады: бет серверінің журналын қараңыз. Ештеңе өзгертілмеді.",
    },
    "not_for_you": {
        "en": "Your roles let you read this page.",
        "ru": "Ваши роли позволяют только читать эту страницу.",
        "kk": "Рөлдеріңіз бұл бетті тек оқуға рұқсат береді.",
    },
    "session_ended": {
        "en": "Your session has ended. Sign in again.",
        "ru": "Сеанс окончен. Войдите снова.",
        "kk": "Сеанс аяқталды. Қайта кіріңіз.",
    },
}
