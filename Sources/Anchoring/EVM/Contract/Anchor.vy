# pragma version 0.4.3
# pragma evm-version london
"""
@title Checkpoints of append-only logs
@notice Keeps for each log the newest tree that its writer put down here, with the block and its time. Nothing can be
        taken back or put before what stands; nobody owns the contract, and it holds no money.
@dev    London's instructions, so that chains which came later to newer ones (GoQuorum, FISCO BCOS) run it too.
"""

# Newest tree of a log: block number << 128 | block time << 64 | leaves, and the tree's root.
struct Head:
    meta: uint256
    root: bytes32

# originHash is Keccak-256 of the log's origin.
event Opened:
    logId: indexed(bytes32)
    writer: indexed(address)
    originHash: bytes32

# noteHash is SHA-256 of the checkpoint's signed note.
event Anchored:
    logId: indexed(bytes32)
    treeSize: indexed(uint64)
    root: indexed(bytes32)
    noteHash: bytes32
    prevSize: uint64

# The log's writer put down two trees of one size: the log has forked.
event Forked:
    logId: indexed(bytes32)
    treeSize: indexed(uint64)
    root: indexed(bytes32)
    noteHash: bytes32

event WriterProposed:
    logId: indexed(bytes32)
    next: indexed(address)

event WriterChanged:
    logId: indexed(bytes32)
    prev: indexed(address)
    next: indexed(address)

VERSION: public(constant(uint64)) = 1
SIZE_MASK: constant(uint256) = 2**64 - 1

heads: HashMap[bytes32, Head]
# Who may anchor for a log; zero if it was never opened.
writers: public(HashMap[bytes32, address])
# Who may become its writer by saying so.
proposed: public(HashMap[bytes32, address])

@external
def open(originHash: bytes32) -> bytes32:
    """
    @notice Opens a log with the caller as its writer; again, it changes nothing.
    @return The log's id. It binds the chain, this contract and the first writer, so nobody can open another's log or
            repeat its anchors on another chain.
    """
    logId: bytes32 = keccak256(abi_encode(chain.id, self, msg.sender, originHash))
    if self.writers[logId] == empty(address):
        self.writers[logId] = msg.sender
        log Opened(logId=logId, writer=msg.sender, originHash=originHash)
    return logId

@external
def anchor(logId: bytes32, treeSize: uint64, root: bytes32, noteHash: bytes32) -> bool:
    """
    @notice Puts down the log's newest tree. What is late or comes twice is no error: it changes nothing.
    @return Whether it is the newest tree now.
    """
    assert msg.sender == self.writers[logId], "writer"
    head: Head = self.heads[logId]
    prev: uint256 = head.meta & SIZE_MASK
    size: uint256 = convert(treeSize, uint256)
    if size <= prev:
        if size == prev and size != 0 and root != head.root:
            log Forked(logId=logId, treeSize=treeSize, root=root, noteHash=noteHash)
        return False
    self.heads[logId] = Head(meta=(block.number << 128) | (block.timestamp << 64) | size, root=root)
    log Anchored(logId=logId, treeSize=treeSize, root=root, noteHash=noteHash, prevSize=convert(prev, uint64))
    return True

@external
def proposeWriter(logId: bytes32, next: address):
    """
    @notice First step of a handover. The writer stays in its place until the next one accepts; the zero address takes
            the proposal back.
    """
    assert msg.sender == self.writers[logId], "writer"
    self.proposed[logId] = next
    log WriterProposed(logId=logId, next=next)

@external
def acceptWriter(logId: bytes32):
    """
    @notice Second step: only an address that can call becomes the writer.
    """
    assert msg.sender == self.proposed[logId], "proposed"
    prev: address = self.writers[logId]
    self.writers[logId] = msg.sender
    self.proposed[logId] = empty(address)
    log WriterChanged(logId=logId, prev=prev, next=msg.sender)

@external
@view
def head(logId: bytes32) -> (uint64, bytes32, uint64, uint64):
    """
    @return Leaves, root, time and number of the block; zeros if nothing was anchored.
    """
    newest: Head = self.heads[logId]
    return (
        convert(newest.meta & SIZE_MASK, uint64),
        newest.root,
        convert((newest.meta >> 64) & SIZE_MASK, uint64),
        convert(newest.meta >> 128, uint64),
    )
