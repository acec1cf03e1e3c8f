"""What a server may send us at the most, whatever it says of itself.

An honest answer stays far below all of these: 2,000 numbers are 60 KB, and the notifications of 5,000 tags 200 KB.
"""

MOST_CHUNK_BYTES = 65_536
"""Told to the server when we connect, as most stacks do. OPC UA part 6, 7.1.2.3 forbids it to send longer ones."""
LEAST_CHUNK_BYTES = 1_024
"""A server that takes shorter chunks than that (OPC UA part 6, 7.1.2.4 asks for 8,192, and for 1,024 where its keys are
of elliptic curves) would have us cut a request into thousands of pieces."""
MOST_MESSAGE_BYTES = 4 * 1024 * 1024
"""The usual ceiling of stacks for a whole message. A larger answer is asked for in smaller parts."""
MOST_CHUNKS = MOST_MESSAGE_BYTES // 8_192
"""So many of the smallest buffer that every server has."""
MOST_SKIPPED_CHUNKS = 8 * MOST_CHUNKS
"""An answer that was given up for its length is let pass, because others may follow it. One of 32 MB is no answer."""
MOST_OPEN_BYTES = 4_096
"""Of what is encrypted in the answer to an opened channel, which takes 1,024. Each 256 cost a private operation."""
MOST_ERROR_BYTES = 8_192
"""An error message is a code and a reason of 4,096 bytes at the most (OPC UA part 6, 7.1.5)."""
MOST_HEADER_BYTES = 65_536
"""Of the header of an answer: it takes 30, and more only with diagnostics, which we do not ask for."""
MOST_PARTS = 20_000
"""Elements of arrays in one message that the library decodes, and structures by their size. It takes up to 15 us for
each (measured over all types): the loop stands a third of a second at the most. A ring of 4,000 slots has so many."""
FIELDS_A_PART = 4
"""A structure takes the library as long as its fields do."""
NUMBERS_A_PART = 64
"""Numbers of one array are decoded together, so many in the time of one other part."""
MOST_NOTIFICATIONS = 10_000
"""Asked of the server: what it has more to say comes in a publication of its own. Half of what is taken, for a server
may count otherwise."""
MOST_DEPTH = 100
"""Values within values. OPC UA part 6, 5.2.2.12 and 5.2.2.16 ask for so many, and the library calls itself for each."""
MOST_DIMENSIONS = 16
"""Of one array. Nobody measures in more, and the library calls itself for each."""
CHUNKS_A_TURN = 64
"""Of one connection before the others have their turn: 4 MB of full chunks, and some milliseconds of tiny ones."""
