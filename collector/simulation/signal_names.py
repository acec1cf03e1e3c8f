"""What people call the signals of the simulated works, in en, ru, kk. Data only."""

SIGNAL_NAMES: dict[str, tuple[str, str, str]] = {
    "belt": ("belt", "лента", "таспа"),
    "coal_total": ("coal counter", "счётчик угля", "көмір санауышы"),
    "feed": ("feed", "подача угля", "көмір беру"),
    "concentrate_total": ("concentrate counter", "счётчик концентрата", "концентрат санауышы"),
    "flue_temperature": ("flue temperature", "температура простенков", "қабырға температурасы"),
    "pushes": ("pushes", "выдачи кокса", "кокс шығару"),
    "strand_rate": ("strand rate", "производительность ленты", "таспа өнімділігі"),
    "sinter_total": ("sinter counter", "счётчик агломерата", "агломерат санауышы"),
    "blast": ("blast", "дутьё", "үрлеу"),
    "blast_temperature": ("blast temperature", "температура дутья", "үрлеу температурасы"),
    "taps": ("taps", "выпуски", "шығарылымдар"),
    "oxygen": ("oxygen", "кислород", "оттегі"),
    "heats": ("heats", "плавки", "балқымалар"),
    "speed": ("speed", "скорость", "жылдамдық"),
    "slabs": ("slabs", "слябы", "слябтар"),
    "coils": ("coils", "рулоны", "орамдар"),
    "heat": ("heat", "отпуск тепла", "жылу беру"),
    "flow": ("flow", "расход воды", "су шығыны"),
    "supply_temperature": ("supply temperature", "температура подачи", "беру температурасы"),
    "return_temperature": ("return temperature", "температура обратной воды", "кері су температурасы"),
}
SOURCE_NAMES = ("simulated PLC", "имитируемый контроллер", "имитациялық контроллер")
