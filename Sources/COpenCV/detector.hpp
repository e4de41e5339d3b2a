#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace cinnabar {

/// A corner on one level of the pyramid, in that level's pixels.
struct Corner {
    int x, y;
    int level;
    float strength;
};

/// A frame and its smaller copies, each 1.2 times smaller than the one before, down to the smallest that can hold a
/// patch.
std::vector<cv::Mat> pyramid(const cv::Mat &frame, int levels);

/// At most `limit` corners of all levels, strongest and best spread first: every beginning of the list holds each level
/// in the same share, and of every level corners from all over the picture.
std::vector<Corner> corners(const std::vector<cv::Mat> &pyramid, int limit);

} // namespace cinnabar
