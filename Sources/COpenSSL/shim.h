#pragma once

// SHA256_Transform is deprecated in favour of EVP, which costs several times the hash itself on 65 bytes.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <string.h>

/// Writes each word as eight bytes, most significant first. For little-endian machines, which Cinnabar's are.
static inline void cinnabar_put_words(uint8_t *out, const uint64_t *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t word = __builtin_bswap64(words[i]);
        memcpy(out + 8 * i, &word, 8);
    }
}

/// SHA-256(prefix ‖ left ‖ right), all of it on the stack: 65 bytes and their padding fill exactly two blocks.
static inline void cinnabar_sha256_node(
    uint8_t prefix, const uint64_t left[4], const uint64_t right[4], uint64_t out[4]) {
    uint8_t block[128] = {0};
    block[0] = prefix;
    cinnabar_put_words(block + 1, left, 4);
    cinnabar_put_words(block + 33, right, 4);
    block[65] = 0x80;
    // The message's length in bits, 520, ends the last block.
    block[126] = 0x02;
    block[127] = 0x08;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Transform(&context, block);
    SHA256_Transform(&context, block + 64);
    for (int i = 0; i < 4; i++) {
        out[i] = (uint64_t)context.h[2 * i] << 32 | context.h[2 * i + 1];
    }
}

/// SHA-256(prefix ‖ bytes) where `prefix` has `prefix_count` bytes, 0 or 1.
static inline void cinnabar_sha256(
    uint8_t prefix, size_t prefix_count, const void *bytes, size_t count, uint64_t out[4]) {
    SHA256_CTX context;
    uint8_t ignored[SHA256_DIGEST_LENGTH];
    SHA256_Init(&context);
    SHA256_Update(&context, &prefix, prefix_count);
    SHA256_Update(&context, bytes, count);
    SHA256_Final(ignored, &context);
    for (int i = 0; i < 4; i++) {
        out[i] = (uint64_t)context.h[2 * i] << 32 | context.h[2 * i + 1];
    }
}

/// The digest of `bytes` by a method of 32 bytes, most significant word first. 0 on failure.
static inline int cinnabar_digest_words(const EVP_MD *method, const void *bytes, size_t count, uint64_t out[4]) {
    uint8_t digest[EVP_MAX_MD_SIZE];
    if (EVP_Digest(bytes, count, digest, NULL, method, NULL) != 1) return 0;
    for (int i = 0; i < 4; i++) {
        uint64_t word;
        memcpy(&word, digest + 8 * i, 8);
        out[i] = __builtin_bswap64(word);
    }
    return 1;
}

/// EVP_EC_gen is a variadic macro. NULL on failure.
static inline EVP_PKEY *cinnabar_generate_p256(void) { return EVP_EC_gen("P-256"); }

/// How names are printed: RFC 2253, but UTF-8 left readable.
static const unsigned long cinnabar_name_flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
