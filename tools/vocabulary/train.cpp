// Makes the vocabulary of FeatureWords of pictures' features: see tools/words.
//
//   train OUT PLANE.pgm...
//
// A tree of two steps of 256 ways by k-majority, and of each way the 64 bits that vary most around the words behind it.
// The order of pictures and the seed are fixed: the same pictures give the same file.
#include "COpenCV.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

/// Four words of 64 bits, most significant byte first, as Swift's LocalFeature has them.
using Descriptor = std::array<uint64_t, 4>;
using Descriptors = std::vector<Descriptor>;
using Generator = std::mt19937;

constexpr size_t ways = 256;
constexpr size_t bits = 256;
constexpr size_t signature_bits = 64;
constexpr int top_rounds = 12;
constexpr int rounds = 6;
/// Words are stored so that eight are compared at once: their first parts, their second parts, and so on.
constexpr size_t block = 8;
/// Of a thousand features, so many are learned from.
constexpr unsigned share = 800;
constexpr cinnabar_feature_request request = {1280, 10, 1500, 3};

bool bit(const Descriptor &value, size_t number) { return value[number / 64] >> (number % 64) & 1; }

int distance(const Descriptor &left, const Descriptor &right) {
    int sum = 0;
    for (size_t word = 0; word < 4; word++) sum += std::popcount(left[word] ^ right[word]);
    return sum;
}

size_t nearest(const Descriptor &value, const Descriptors &words) {
    size_t best = 0;
    int least = int(bits) + 1;
    for (size_t number = 0; number < words.size(); number++) {
        const int found = distance(value, words[number]);
        if (found < least) least = found, best = number;
    }
    return best;
}

/// Each round gives every descriptor to its nearest word, and every word the majority of its descriptors' bits.
Descriptors trained(const Descriptors &values, int round_count, Generator &generator) {
    Descriptors words(ways);
    for (auto &word : words) word = values[generator() % values.size()];
    for (int round = 0; round < round_count; round++) {
        std::vector<std::array<unsigned, bits>> ones(ways);
        std::vector<unsigned> counts(ways, 0);
        for (const auto &value : values) {
            const size_t number = nearest(value, words);
            counts[number]++;
            for (size_t place = 0; place < bits; place++) ones[number][place] += bit(value, place);
        }
        for (size_t number = 0; number < ways; number++) {
            if (counts[number] == 0) {
                words[number] = values[generator() % values.size()];
                continue;
            }
            Descriptor word{};
            for (size_t place = 0; place < bits; place++) {
                const unsigned twice = 2 * ones[number][place];
                if (twice > counts[number] || (twice == counts[number] && generator() % 2))
                    word[place / 64] |= uint64_t(1) << (place % 64);
            }
            words[number] = word;
        }
    }
    return words;
}

/// The bits in which descriptors differ most often and most evenly from their word, in order of place.
std::array<uint8_t, signature_bits> telling(const Descriptors &values, const Descriptors &words) {
    std::vector<double> changes(bits, 0);
    for (const auto &value : values) {
        const auto &word = words[nearest(value, words)];
        for (size_t place = 0; place < bits; place++) changes[place] += bit(value, place) != bit(word, place);
    }
    std::vector<size_t> places(bits);
    for (size_t place = 0; place < bits; place++) places[place] = place;
    const double half = double(values.size()) / 2;
    std::stable_sort(places.begin(), places.end(), [&](size_t left, size_t right) {
        return std::abs(changes[left] - half) < std::abs(changes[right] - half);
    });
    std::sort(places.begin(), places.begin() + signature_bits);
    std::array<uint8_t, signature_bits> chosen{};
    for (size_t number = 0; number < signature_bits; number++) chosen[number] = uint8_t(places[number]);
    return chosen;
}

void write(std::ofstream &out, const Descriptors &words) {
    for (size_t first = 0; first < ways; first += block)
        for (size_t part = 0; part < 4; part++)
            for (size_t number = first; number < first + block; number++)
                for (int shift = 0; shift < 64; shift += 8) out.put(char(words[number][part] >> shift & 0xFF));
}

/// Adds the features of a grey picture, binary PGM of 8 bits.
void add(const std::string &path, Descriptors &values, Generator &generator) {
    std::ifstream file(path, std::ios::binary);
    std::string kind;
    int32_t width = 0, height = 0, brightest = 0;
    file >> kind >> width >> height >> brightest;
    file.get();
    std::vector<uint8_t> plane{std::istreambuf_iterator<char>(file), {}};
    if (kind != "P5" || brightest != 255 || width < 1 || height < 1 || plane.size() != size_t(width) * size_t(height)) {
        std::fprintf(stderr, "%s is not a grey picture of 8 bits: left out\n", path.c_str());
        return;
    }
    std::vector<cinnabar_feature> features(size_t(request.feature_limit) * size_t(request.readings));
    int32_t count = 0, frame_width = 0, frame_height = 0;
    if (cinnabar_opencv_features(plane.data(), width, height, &request, features.data(), &count, &frame_width,
                                 &frame_height) != CINNABAR_OPENCV_OK)
        return;
    for (int32_t reading = 0; reading < request.readings; reading++) {
        for (int32_t number = 0; number < count; number++) {
            if (generator() % 1000 >= share) continue;
            Descriptor value{};
            const auto &feature = features[size_t(reading * request.feature_limit + number)];
            for (size_t byte = 0; byte < 32; byte++)
                value[byte / 8] |= uint64_t(feature.descriptor[byte]) << (56 - 8 * (byte % 8));
            values.push_back(value);
        }
    }
}

} // namespace

int main(int count, char **arguments) {
    if (count < 3 || cinnabar_opencv_start() != CINNABAR_OPENCV_OK) {
        std::fprintf(stderr, "usage: train OUT PLANE.pgm...\n");
        return 64;
    }
    Generator generator(20261121);
    Descriptors values;
    for (int number = 2; number < count; number++) add(arguments[number], values, generator);
    if (values.size() < ways * ways) {
        std::fprintf(stderr, "%zu features are too few for %zu words\n", values.size(), ways * ways);
        return 65;
    }
    Descriptors some;
    for (const auto &value : values)
        if (generator() % 4 == 0) some.push_back(value);
    const Descriptors top = trained(some, top_rounds, generator);
    std::vector<Descriptors> behind(ways);
    for (const auto &value : values) behind[nearest(value, top)].push_back(value);
    std::ofstream out(arguments[1], std::ios::binary);
    write(out, top);
    std::vector<std::array<uint8_t, signature_bits>> signatures;
    for (size_t way = 0; way < ways; way++) {
        if (behind[way].empty()) behind[way].push_back(top[way]);
        const Descriptors words = trained(behind[way], rounds, generator);
        write(out, words);
        signatures.push_back(telling(behind[way], words));
    }
    for (const auto &chosen : signatures) out.write(reinterpret_cast<const char *>(chosen.data()), signature_bits);
    out.close();
    std::printf("%zu features, %d pictures\n", values.size(), count - 2);
    return out ? 0 : 74;
}
