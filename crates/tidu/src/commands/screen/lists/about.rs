//! The sheet that says what the lists are: of whom, as of when, by which rules.

use enterprise::{Lang, Text};

use super::sheets::Written;
use crate::screened::{Screened, titled};
use crate::text::screening::grouped;
use crate::workbook::About;

pub(super) fn about(
    screened: &Screened<'_>,
    sheets: &[Written],
    lacking: u64,
    lang: Lang,
) -> About {
    let mut about = About::new(lang);
    about.row("企业总体", "Population", &screened.population);
    if screened.synthetic {
        about.made_up();
    }
    if let Some(outdated) = screened.outdated() {
        about.row("事件未核查到评估日", "Events not up to date", outdated.get(lang));
    }
    about.row("户数", "Subjects", grouped(screened.summary.rows));
    about.row("筛查结果", "Result", &screened.result);
    about.asked(screened.rulebook, &screened.question, screened.base_year);
    about.note(&Text::new(
        "每个项目一张表：先列符合的，再列可量化条件全部满足、待人工判断的，最后列只差一项可量化条件的\
         （按相对差距由近到远）。用途一列写明按新申报还是按复核判断；现持有一列写明评估日\
         是否已有该称号。超过 Excel 行数\
         上限的，续在后面的表中。",
        "A sheet for each programme: those who qualify, those who meet all measurable criteria and wait \
         for a judgement, those who are one measurable criterion short, nearest first. The purpose says \
         whether it was judged as a new application or for re-review; who holds the title on the day is \
         marked. What exceeds \
         Excel's rows goes on in a further sheet.",
    ));
    if lacking > 0 {
        about.row("缺数据的户", "Subjects that lack data", grouped(lacking));
    }
    if let Some(absent) = screened.absent() {
        about.row("总体没有的列", "Columns not there", absent.get(lang));
    }
    about.note(&Text::new(
        "“具体情况”写明差在哪里：哪个数据、须达到多少、差多少；待判断的写明待哪一项判断。只差一项超过 \
         20,000 户的项目只写条件名称。“补数清单”按补上后可判定的户数排序；“缺数据的户”逐户列出缺什么。",
        "In detail: which figure misses which limit by how much, and which judgement is pending. Of a \
         programme with more than 20,000 subjects that are one short, only the criterion is named. The \
         work list ranks what to collect; the sheet after it says who lacks what.",
    ));
    about.caveat();
    screened.worth().iter().for_each(|words| about.note(words));
    for own in sheets {
        let [eligible, pending, short] = own.counts.map(grouped);
        let counts = match lang {
            Lang::Zh => format!("符合 {eligible}，待判断 {pending}，只差一项 {short}"),
            Lang::En => format!("{eligible} eligible, {pending} pending, {short} one short"),
        };
        let title = screened.programmes.get(own.place).map(titled);
        let title = title.unwrap_or_else(|| Text::new(own.sheet.as_str(), own.sheet.as_str()));
        about.row(&title.zh, &title.en, counts);
    }
    about
}
