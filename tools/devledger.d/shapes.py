"""Blocks, transactions and receipts as Ethereum's nodes write them."""

import rlp
from eth_utils import keccak


def text(data):
    return "0x" + bytes(data).hex()


def digest(number):
    return "0x" + number.to_bytes(32, "big").hex()


def address(value):
    data = bytes.fromhex(value[2:])
    if len(data) != 20:
        raise ValueError("an address has 20 bytes")
    return data


def block_json(block, full):
    header = block.header
    transactions = block.transactions
    return {
        "hash": text(block.hash),
        "parentHash": text(header.parent_hash),
        "sha3Uncles": text(header.uncles_hash),
        "miner": text(header.coinbase),
        "stateRoot": text(header.state_root),
        "transactionsRoot": text(header.transaction_root),
        "receiptsRoot": text(header.receipt_root),
        "logsBloom": "0x" + header.bloom.to_bytes(256, "big").hex(),
        "difficulty": hex(header.difficulty),
        "number": hex(header.block_number),
        "gasLimit": hex(header.gas_limit),
        "gasUsed": hex(header.gas_used),
        "timestamp": hex(header.timestamp),
        "extraData": text(header.extra_data),
        "mixHash": text(header.mix_hash),
        "nonce": text(header.nonce),
        "baseFeePerGas": hex(header.base_fee_per_gas),
        "withdrawalsRoot": text(header.withdrawals_root),
        "withdrawals": [],
        "blobGasUsed": hex(header.blob_gas_used),
        "excessBlobGas": hex(header.excess_blob_gas),
        "parentBeaconBlockRoot": text(header.parent_beacon_block_root),
        "requestsHash": text(header.requests_hash),
        "uncles": [],
        "transactions": [
            transaction_json(transaction, block, index) if full else text(transaction.hash)
            for index, transaction in enumerate(transactions)
        ],
    }


def transaction_json(transaction, block=None, index=None):
    kind = transaction.encode()[0]
    kind = 0 if kind >= 0xC0 else kind
    fields = {
        "hash": text(transaction.hash),
        "type": hex(kind),
        "from": text(transaction.sender),
        "nonce": hex(transaction.nonce),
        "gas": hex(transaction.gas),
        "to": text(transaction.to) if transaction.to else None,
        "value": hex(transaction.value),
        "input": text(transaction.data),
        "r": hex(transaction.r),
        "s": hex(transaction.s),
        "blockHash": block and text(block.hash),
        "blockNumber": block and hex(block.number),
        "transactionIndex": None if index is None else hex(index),
    }
    if transaction.chain_id is not None:
        fields["chainId"] = hex(transaction.chain_id)
    if kind < 2:
        fields["gasPrice"] = hex(transaction.gas_price)
    else:
        fields["gasPrice"] = fields["maxFeePerGas"] = hex(transaction.max_fee_per_gas)
        fields["maxPriorityFeePerGas"] = hex(transaction.max_priority_fee_per_gas)
    if kind == 0:
        fields["v"] = hex(transaction.v)
    else:
        fields["v"] = fields["yParity"] = hex(transaction.y_parity)
        fields["accessList"] = [
            {"address": text(account), "storageKeys": [digest(slot) for slot in slots]}
            for account, slots in transaction.access_list
        ]
    return fields


def receipt_json(block, database, index):
    receipts = block.get_receipts(database)
    receipt, transaction = receipts[index], block.transactions[index]
    before = receipts[index - 1].gas_used if index else 0
    first_log = sum(len(earlier.logs) for earlier in receipts[:index])
    created = None
    if not transaction.to:
        created = text(keccak(rlp.encode([transaction.sender, transaction.nonce]))[12:])
    kind = transaction.encode()[0]
    return {
        "transactionHash": text(transaction.hash),
        "transactionIndex": hex(index),
        "blockHash": text(block.hash),
        "blockNumber": hex(block.number),
        "from": text(transaction.sender),
        "to": text(transaction.to) if transaction.to else None,
        "contractAddress": created,
        "type": hex(0 if kind >= 0xC0 else kind),
        "status": hex(int.from_bytes(receipt.state_root, "big")),
        "cumulativeGasUsed": hex(receipt.gas_used),
        "gasUsed": hex(receipt.gas_used - before),
        "logsBloom": "0x" + receipt.bloom.to_bytes(256, "big").hex(),
        "logs": [
            {
                "address": text(log.address),
                "topics": [digest(topic) for topic in log.topics],
                "data": text(log.data),
                "blockHash": text(block.hash),
                "blockNumber": hex(block.number),
                "transactionHash": text(transaction.hash),
                "transactionIndex": hex(index),
                "logIndex": hex(first_log + place),
                "removed": False,
            }
            for place, log in enumerate(receipt.logs)
        ],
    }
