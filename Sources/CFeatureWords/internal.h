#pragma once

#include "CFeatureWords.h"

#if defined(__x86_64__)
#define CINNABAR_FAST __attribute__((target("avx512f,avx512bw,avx512vl,avx512vpopcntdq")))
#define CINNABAR_PLAIN __attribute__((target("popcnt")))
#else
#define CINNABAR_PLAIN
#endif
