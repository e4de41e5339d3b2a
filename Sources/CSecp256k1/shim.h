#include <secp256k1.h>
#include <secp256k1_recovery.h>

// Both are macros with casts, which Swift does not import.
static const unsigned int SECP256K1_CONTEXT_NONE_FLAGS = SECP256K1_CONTEXT_NONE;
static const unsigned int SECP256K1_EC_UNCOMPRESSED_FLAGS = SECP256K1_EC_UNCOMPRESSED;
