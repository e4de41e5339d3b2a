"""The chain itself: py-evm's blocks and state, and a pool of waiting transactions with the rules of Ethereum's nodes."""

import os
import time

from eth.exceptions import HeaderNotFound
from eth_tester import PyEVMBackend
from eth_utils import ValidationError
from eth_tester.exceptions import TransactionFailed


class Refusal(Exception):
    """What a node says no with; the words are Geth's."""

    def __init__(self, message, code=-32000, data=None):
        super().__init__(message)
        self.code, self.message, self.data = code, message, data


class Chain:
    # Nodes replace a waiting transaction by one that pays this much more.
    REPLACEMENT_PERCENT = 110
    FUND_WEI = 10 * 10**18

    def __init__(self, manual=False):
        self.backend = PyEVMBackend()
        self.manual = manual
        self.pool = {}
        # Where transactions stand: hash to block hash and place. Entries of blocks that were taken back are skipped.
        self.places = {}

    @property
    def chain(self):
        return self.backend.chain

    @property
    def latest(self):
        return self.chain.get_block().number - 1

    def block(self, number):
        return self.chain.get_canonical_block_by_number(number) if 0 <= number <= self.latest else None

    def block_by_hash(self, digest):
        try:
            block = self.chain.get_block_by_hash(digest)
        except HeaderNotFound:
            return None
        canonical = self.block(block.number)
        return block if canonical is not None and canonical.hash == digest else None

    def state(self):
        return self.chain.get_vm(at_header=self.block(self.latest).header).state

    def place(self, digest):
        """Block and index of a transaction in the chain as it is now."""
        for block_hash, index in reversed(self.places.get(digest, [])):
            block = self.block_by_hash(block_hash)
            if block is not None:
                return block, index
        return None

    def waiting(self, digest):
        return next((transaction for transaction in self.pool.values() if transaction.hash == digest), None)

    def count(self, account, pending):
        nonce = self.state().get_nonce(account)
        while pending and (account, nonce) in self.pool:
            nonce += 1
        return nonce

    @property
    def base_fee(self):
        return self.chain.get_block().header.base_fee_per_gas

    def send(self, raw):
        try:
            transaction = self.chain.get_transaction_builder().decode(raw)
            sender = transaction.sender
        except Exception as error:
            raise Refusal(f"rlp: {type(error).__name__}")
        if transaction.chain_id not in (None, self.chain.chain_id):
            raise Refusal(f"invalid chain id for signer: have {transaction.chain_id} want {self.chain.chain_id}")
        if self.waiting(transaction.hash) or self.place(transaction.hash):
            raise Refusal("already known")
        state = self.state()
        expected = state.get_nonce(sender)
        if transaction.nonce < expected:
            raise Refusal(f"nonce too low: next nonce {expected}, tx nonce {transaction.nonce}")
        fee = transaction.max_fee_per_gas
        if fee < self.base_fee:
            raise Refusal(
                f"max fee per gas less than block base fee: address 0x{sender.hex()}, maxFeePerGas: {fee}, "
                f"baseFee: {self.base_fee}"
            )
        if state.get_balance(sender) < transaction.gas * fee + transaction.value:
            raise Refusal("insufficient funds for gas * price + value")
        other = self.pool.get((sender, transaction.nonce))
        if other is not None and fee * 100 < other.max_fee_per_gas * self.REPLACEMENT_PERCENT:
            raise Refusal("replacement transaction underpriced")
        self.pool[(sender, transaction.nonce)] = transaction
        if not self.manual:
            self.mine()
        return transaction.hash

    def mine(self):
        """One block with all that is waiting and not behind a gap."""
        parent = self.block(self.latest)
        self.chain.set_header_timestamp(max(int(time.time()), parent.header.timestamp + 1))
        included = []
        for key in sorted(self.pool, key=lambda key: key[1]):
            transaction = self.pool[key]
            if self.chain.get_vm().state.get_nonce(key[0]) != transaction.nonce:
                if transaction.nonce < self.chain.get_vm().state.get_nonce(key[0]):
                    del self.pool[key]
                continue
            if transaction.max_fee_per_gas < self.base_fee:
                continue
            try:
                self.chain.apply_transaction(transaction)
            except ValidationError:
                del self.pool[key]
                continue
            included.append(transaction)
            del self.pool[key]
        (digest,) = self.backend.mine_blocks(1)
        for index, transaction in enumerate(included):
            self.places.setdefault(transaction.hash, []).append((digest, index))
        return digest

    def revert(self, number):
        """Takes back all blocks after this one; what stood in them is gone, as on a node that had not seen it."""
        self.backend.revert_to_snapshot(self.block(number).hash)

    def reorganize(self, depth):
        """The newest blocks give way to others, one more of them, without their transactions."""
        self.revert(max(0, self.latest - depth))
        for _ in range(depth + 1):
            self.mine()

    def drop(self):
        """Forgets what is waiting, as a node that was started again."""
        self.pool.clear()

    def call(self, sender, to, data, gas=None):
        transaction = self.fields(sender, to, data)
        transaction["gas"] = gas or 10_000_000
        try:
            return self.backend.call(transaction, "latest")
        except TransactionFailed as failure:
            raise self.reverted(failure)

    def estimate(self, sender, to, data):
        try:
            return self.backend.estimate_gas(self.fields(sender, to, data), "latest")
        except TransactionFailed as failure:
            raise self.reverted(failure)

    def fields(self, sender, to, data):
        base_fee = self.base_fee
        # The state is that of the newest block; a caller without coins may ask as well.
        return {
            "from": sender,
            "to": to,
            "data": data,
            "value": 0,
            "gas": 10_000_000,
            "max_fee_per_gas": base_fee * 2,
            "max_priority_fee_per_gas": 0,
        }

    @staticmethod
    def reverted(failure):
        words = str(failure)
        return Refusal("execution reverted" + (f": {words}" if words.isprintable() and len(words) < 100 else ""), code=3)

    def fund(self, account):
        key = self.backend.account_keys[0]
        sender = key.public_key.to_canonical_address()
        transaction = self.chain.get_transaction_builder().new_unsigned_dynamic_fee_transaction(
            chain_id=self.chain.chain_id,
            nonce=self.count(sender, pending=True),
            max_priority_fee_per_gas=1,
            max_fee_per_gas=self.base_fee * 2,
            gas=21_000,
            to=account,
            value=self.FUND_WEI,
            data=b"",
            access_list=(),
        )
        return self.send(transaction.as_signed_transaction(key).encode())
