//! What an auditor reads.

use audit::*;

#[test]
fn every_problem_is_said_in_both_languages_and_names_its_record() {
    let day = "2026-11-22".parse().unwrap();
    let why = Unreadable::Field { field: "outcome".into(), found: "x".into() };
    for (problem, zh, en) in [
        (
            Problem::Unreadable { place: Place::Record(17), why },
            "第 17 号记录无法读取：字段 outcome 的值无效：x",
            "record 17 cannot be read: outcome cannot be x",
        ),
        (
            Problem::Altered { seq: 17 },
            "第 17 号记录被改动：内容与其摘要不符",
            "record 17 was altered: its content does not fit its hash",
        ),
        (
            Problem::Relinked { seq: 17 },
            "第 17 号记录与前一条不相连：前一条或本条被替换",
            "record 17 does not follow the one before it: one of the two was replaced",
        ),
        (Problem::Removed { from: 3, to: 3 }, "第 3 号记录缺失", "record 3 is missing"),
        (Problem::Removed { from: 3, to: 5 }, "第 3 至 5 号记录缺失", "records 3 to 5 are missing"),
        (
            Problem::OutOfPlace { seq: 3, after: 4 },
            "第 3 号记录次序错乱：排在第 4 号之后",
            "record 3 is out of order: it stands behind record 4",
        ),
        (Problem::Doubled { seq: 3 }, "第 3 号记录重复出现", "record 3 is there more than once"),
        (
            Problem::Personal { seq: 3 },
            "第 3 号记录的个人信息被改动：与承诺值不符",
            "the personal data of record 3 was altered: it does not fit its commitment",
        ),
        (
            Problem::Unexplained { from: 3, to: 3 },
            "第 3 号记录的个人信息已不在，但没有删除它的记录",
            "the personal data of record 3 is gone, and no record says that it was erased",
        ),
        (
            Problem::Beyond { from: 3, to: 5 },
            "第 3 至 5 号记录是多出的：链应止于第 2 号",
            "records 3 to 5 were added: the chain ends at 2",
        ),
        (
            Problem::SealAltered { day },
            "2026-11-22 的日封印被改动或伪造：校验值不符",
            "the seal of 2026-11-22 was altered or forged: its tag does not fit",
        ),
        (
            Problem::Rewritten { day, last: 9 },
            "2026-11-22 封印之后记录被重写：第 9 号及以前的记录与日封印不符",
            "records up to 9 were written anew after they were sealed: they do not fit the seal of 2026-11-22",
        ),
        (
            Problem::Unsealed { from: 9, since: day, days: 4 },
            "自 2026-11-22 第 9 号记录起有 4 天的记录没有日封印：封印未作或被删除",
            "no seal covers the records of 4 days since record 9 of 2026-11-22: seals were not made or were removed",
        ),
        (
            Problem::SealsMissing { made: 5, found: 0 },
            "共作过 5 个日封印，现有 0 个：有封印被删除或添加",
            "5 seals were made and 0 are there: seals were removed or added",
        ),
        (
            Problem::MarkLate { after: 9 },
            "封印总记在已有 9 条记录之后才建立：此前的总记和日封印可能被删除",
            "the mark of the seals was begun when there were 9 records: an earlier one and seals may have been removed",
        ),
    ] {
        assert_eq!((problem.zh().as_str(), problem.en().as_str()), (zh, en));
    }
    let at = "2026-11-23T01:00:00Z".parse().unwrap();
    let after = "2026-11-23T02:00:00Z".parse().unwrap();
    let remark = Remark::Backwards { seq: 4, at, after };
    assert!(remark.zh().contains("第 4 号") && remark.en().contains("record 4"));
}
