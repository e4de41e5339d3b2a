"""Tests of the judging: a report that praises itself is worse than none. Needs nothing but Python."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import altered  # noqa: E402
import scoring  # noqa: E402
from report import Report  # noqa: E402

NAMES = {"id-a": "a.jpg", "id-b": "b.jpg", "id-c": "c.jpg"}


def answer(*ids):
    return {"ms": 5.0, "status": 200, "matches": [{"id": each, "kind": "crop", "score": 0.5} for each in ids]}


def scored(photo, ids, fillers=(), registered=("a.jpg", "b.jpg", "c.jpg"), same=None):
    copy = altered.Altered(f"/cache/{photo}/crop20.jpg", photo, "crop20", "crop", list(fillers))
    return scoring.Scored(scoring.query(copy, registered, same or {}), answer(*ids), NAMES)


class ScoringTests(unittest.TestCase):
    def test_the_original_is_found_and_another_is_a_mistake(self):
        each = scored("a.jpg", ["id-b", "id-a"])
        self.assertTrue(each.found)
        self.assertEqual(each.kind, "crop")
        self.assertEqual([name for name, _ in each.wrong], ["b.jpg"])

    def test_nothing_found_is_lost_and_no_mistake(self):
        each = scored("a.jpg", [])
        self.assertFalse(each.found)
        self.assertEqual(each.wrong, [])

    def test_fillers_and_twins_are_no_mistakes_and_do_not_count_as_found(self):
        each = scored("a.jpg", ["id-b", "id-c"], fillers=["b.jpg"], same={"a.jpg": {"c.jpg"}})
        self.assertFalse(each.found)
        self.assertEqual(each.wrong, [])

    def test_whatever_a_stranger_matches_is_a_mistake(self):
        each = scored("x.jpg", ["id-a"])
        self.assertIsNone(each.query.photo)
        self.assertFalse(each.found)
        self.assertEqual([name for name, _ in each.wrong], ["a.jpg"])

    def test_a_match_without_a_known_id_is_a_mistake(self):
        self.assertEqual([name for name, _ in scored("a.jpg", ["id-z"]).wrong], ["?"])

    def test_what_geometry_made_of_a_match_is_told(self):
        self.assertEqual(scoring.kind({"kind": "crop", "geometry": {"result": "confirmed", "kind": "crop"}}), "crop")
        refuted = {"kind": "near copy (PDQ)", "distanceBits": 9, "geometry": {"result": "not confirmed", "inliers": 3}}
        self.assertEqual(scoring.describe(refuted), "near copy (PDQ); not confirmed, distanceBits 9, inliers 3")

    def test_the_bound_falls_with_pairs_and_rises_with_mistakes(self):
        self.assertAlmostEqual(scoring.bound(0, 3_000_000), 1e-6)
        bounds = [scoring.bound(wrong, 1000) for wrong in range(12)]
        self.assertEqual(bounds, sorted(bounds))
        self.assertGreater(scoring.bound(100, 1000), 0.1)

    def test_percentiles(self):
        self.assertEqual(scoring.percentile([3, 1, 2], 0.5), 2)
        self.assertEqual(scoring.percentile([3, 1, 2], 1.0), 3)
        self.assertEqual(scoring.percentile([], 0.5), 0.0)

    def test_the_truth_file_is_read_both_ways(self):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            file.write("# one\tother\n" + "a.jpg\tb.jpg\tthe same cup\n")
            file.flush()
            same = scoring.twins(file.name)
        self.assertEqual((same["a.jpg"], same["b.jpg"]), ({"b.jpg"}, {"a.jpg"}))


class ReportTests(unittest.TestCase):
    def report(self):
        asked = [("a.jpg", ["id-a"]), ("b.jpg", []), ("b.jpg", ["id-b", "id-c"]), ("x.jpg", ["id-c"])]
        several = [scored(photo, ids) for photo, ids in asked]
        return Report(several, 3, [("program", "x")], {}, several)

    def test_recall_counts_copies_alone(self):
        report = self.report()
        self.assertAlmostEqual(report.recall(report.copies), 200 / 3)

    def test_mistakes_are_all_told(self):
        told = "\n".join(self.report().lines())
        self.assertIn("wrong photos named          2 in 4 queries", told)
        self.assertIn("by pictures of strangers  1 in 1 queries", told)
        self.assertIn("x.jpg / crop20 → c.jpg: crop, score 0.5", told)
        self.assertIn("66.67", told)
        self.assertIn("not found 1", told)

    def test_pairs_leave_out_what_may_be_named(self):
        self.assertEqual(self.report().pairs, 4 * (3 - 1))


class FillerTests(unittest.TestCase):
    def test_fillers_are_the_same_on_every_run_and_remember_who_was_taken(self):
        names = [f"{number}.jpg" for number in range(100)]
        chosen = altered.filler_names(names)
        self.assertEqual(chosen, altered.filler_names(list(reversed(names))))
        self.assertEqual(len(set(chosen)), altered.FILLER_COUNT)
        fillers = altered.RecordingFillers(["first", "second"], ["a.jpg", "b.jpg"])
        self.assertEqual(fillers[1], "second")
        self.assertEqual((fillers.taken, len(fillers)), (["b.jpg"], 2))


if __name__ == "__main__":
    unittest.main()
