"""Files: tables that programs and people drop into a folder, each read once when it is whole."""

from functools import partial

from collector.sources.base import Source, SourceContext, SourceType, address_text
from collector.sources.files.config import FilesAddress, FilesConfig
from models.tables.loss_cause import Answer


def _build(config: FilesConfig, context: SourceContext) -> Source:
    """Build the source. What reads files is loaded only here: checking a configuration does not need it."""
    from collector.sources.files.reader import FilesProgress, FilesReader, said
    from collector.sources.polling import PollingSource

    connect = partial(FilesReader, config, context, FilesProgress.of(config, context))
    addresses = {tag.name: address_text(tag, _place(config, address)) for _, tag, address in context.tags}
    return PollingSource(config.name, config.poll, connect, partial(said, config), context.clock_ns, addresses)


def _place(config: FilesConfig, address: FilesAddress) -> str:
    return f"file://{config.folder}/ {address.value_of(address.file)}"


SOURCE = SourceType(
    type="files",
    config=FilesConfig,
    address=FilesAddress,
    build=_build,
    answer=Answer.FILES,
    place=_place,
    resumes_by_time=True,
    complaint=FilesAddress.complaint,
    named=lambda config, address: (
        "file",
        address.file,
        [name for name, kind in config.kinds.items() if kind.what == "rows"],
    ),
)
