#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Corners and their descriptors by OpenCV, whose errors are C++ exceptions: none leaves this shim.

enum cinnabar_opencv_result {
    CINNABAR_OPENCV_OK = 0,
    CINNABAR_OPENCV_OUT_OF_MEMORY = 1,
    /// A mistake of this program, or a library that is not what it was built for.
    CINNABAR_OPENCV_FAILED = 2,
};

/// How a picture is read before it is described.
enum cinnabar_opencv_reading {
    CINNABAR_OPENCV_PLAIN = 0,
    /// The left edge comes to the right; positions are those of the mirrored frame.
    CINNABAR_OPENCV_MIRRORED = 1,
    /// Dark for bright.
    CINNABAR_OPENCV_INVERTED = 2,
};

/// One ORB feature.
typedef struct {
    /// From the left and the top, in eighths of a pixel of the frame.
    uint16_t x, y;
    /// Of the pyramid: each is 1.2 times smaller than the one before.
    uint8_t level;
    /// 256ths of a turn, clockwise from the positive x axis.
    uint8_t angle;
    /// As OpenCV's ORB gives them.
    uint8_t descriptor[32];
} cinnabar_feature;

/// What is looked for.
typedef struct {
    /// The frame's longer side, unless the plane's is shorter.
    int32_t long_side;
    /// Of the pyramid, 1 to 16.
    int32_t levels;
    /// The most features of a reading.
    int32_t feature_limit;
    /// Readings to give: the first so many of cinnabar_opencv_reading, 1 to 3.
    int32_t readings;
} cinnabar_feature_request;

/// The version of OpenCV this program runs with, such as "4.6.0".
const char *cinnabar_opencv_version(void);

/// Once per process, before anything else: one thread, no devices. Learns from OpenCV's ORB which pixels it compares.
int32_t cinnabar_opencv_start(void);

/// Scales a plane to its frame and finds its features, strongest and best spread first.
///
/// The readings describe the same corners in the same order, so all have `*count` features: reading r's are
/// `features[r * feature_limit]` and on. `features` holds readings × feature_limit of them.
int32_t cinnabar_opencv_features(const uint8_t *plane, int32_t width, int32_t height,
                                 const cinnabar_feature_request *request, cinnabar_feature *features, int32_t *count,
                                 int32_t *frame_width, int32_t *frame_height);

/// Shrinks a plane by averaging into `thumbnail` of thumbnail_width × thumbnail_height bytes, neither more than the
/// plane's.
int32_t cinnabar_opencv_shrink(const uint8_t *plane, int32_t width, int32_t height, uint8_t *thumbnail,
                               int32_t thumbnail_width, int32_t thumbnail_height);

#ifdef __cplusplus
}
#endif
