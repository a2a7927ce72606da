//! The tables as pages that an official can read, in Markdown.

use std::fmt::Write as _;

use crate::action::{Action, Topic};
use crate::field::{Field, Purpose};
use crate::grant::givers;
use crate::marks::{is_audited, needs_second_factor, needs_second_person};
use crate::role::Role;
use crate::sight::{Relation, Sight, of_oneself, sight};
use crate::table::reach;
use crate::words::Words;

/// Who may do what and who sees what, as one page in each language.
pub fn pages() -> Words<String> {
    Words { zh: page(|words| words.zh), en: page(|words| words.en) }
}

const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

fn page(say: fn(Words) -> &'static str) -> String {
    let mut page = format!("# {}\n\n", say(words("谁可以做什么", "Who may do what")));
    page.push_str(say(words(
        "由程序中的权限表生成。表中没有写明的，一律不允许。\
         **二**：需要二次验证；**双**：须由第二人办理；**记**：留审计记录。\n",
        "Generated from the table in the program. What does not stand here is not allowed. \
         **F**: asks for a second factor; **2**: takes a second person; **R**: leaves an audit record.\n",
    )));
    roles(&mut page, say);
    for topic in Topic::ALL {
        actions(&mut page, *topic, say);
    }
    sights(&mut page, say);
    page
}

fn heading(page: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(page, "\n## {text}\n\n");
}

fn line<'a>(page: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for cell in cells {
        let _ = write!(page, "| {cell} ");
    }
    page.push_str("|\n");
}

fn header(page: &mut String, cells: &[&'static str]) {
    line(page, cells.iter().copied());
    line(page, cells.iter().map(|_| "---"));
}

fn roles(page: &mut String, say: fn(Words) -> &'static str) {
    heading(page, say(words("角色", "Roles")));
    header(
        page,
        &[
            say(words("角色", "Role")),
            say(words("代码", "Code")),
            say(words("所在单位", "Organisations")),
            say(words("由谁授予", "Given by")),
        ],
    );
    let join = |names: Vec<&str>| names.join(say(words("、", ", ")));
    for role in Role::ALL {
        let kinds = join(role.organisations().iter().map(|kind| say(kind.words())).collect());
        let givers = join(givers(*role).iter().map(|giver| say(giver.words())).collect());
        line(page, [say(role.words()), role.code(), &kinds, &givers]);
    }
    page.push('\n');
    page.push_str(say(words(
        "三员（系统管理员、安全保密管理员、安全审计员）不得兼任其他任何角色。\
         除企业管理员在本企业内授予的角色外，其余角色均须安全保密管理员审批后生效。\n",
        "The three officers (administrator, security officer, auditor) hold no other role at all. \
         Every role counts only after the security officer's approval, except those that a firm's \
         manager gives within the firm.\n",
    )));
}

fn actions(page: &mut String, topic: Topic, say: fn(Words) -> &'static str) {
    heading(page, say(topic.words()));
    let mut columns = vec![say(words("事项", "Action")), say(words("要求", "Asks for"))];
    columns.extend(Role::ALL.iter().map(|role| say(role.words())));
    header(page, &columns);
    for action in topic.actions() {
        let name = format!("{}<br>`{action}`", say(action.words()));
        let marks = marks(action, say);
        let reaches = Role::ALL.iter().map(|role| say(reach(*role, action).words()));
        line(page, [name.as_str(), &marks].into_iter().chain(reaches));
    }
}

fn marks(action: Action, say: fn(Words) -> &'static str) -> String {
    let marks = [
        (needs_second_factor(action), words("二", "F")),
        (needs_second_person(action), words("双", "2")),
        (is_audited(action), words("记", "R")),
    ];
    let set: Vec<_> = marks.iter().filter(|(set, _)| *set).map(|(_, mark)| say(*mark)).collect();
    set.join(" ")
}

fn sights(page: &mut String, say: fn(Words) -> &'static str) {
    heading(page, say(words("谁看到什么", "Who sees what")));
    page.push_str(say(words(
        "脱敏内容可由有“查看脱敏内容”权限的人查看，每次留审计记录；不显示的内容不能查看。\
         税务数据只用于认定，用于其他目的时对任何人都不显示。未列出的组合一律不显示。\n\n",
        "What is masked can be looked at by those who may unmask it, and each look is recorded; what \
         is hidden cannot. Figures of the tax authority serve recognition only and are hidden from \
         everybody for any other purpose. Whatever is not listed is hidden.\n\n",
    )));
    let mut columns = vec![say(words("角色", "Role")), say(words("与数据的关系", "Relation"))];
    columns.extend(Field::ALL.iter().map(|field| say(field.words())));
    header(page, &columns);
    let everybody = [words("所有人", "Everybody"), words("本人", "oneself")].map(say);
    let own = Field::ALL.iter().map(|field| say(of_oneself(*field).words()));
    line(page, everybody.into_iter().chain(own));
    for role in Role::ALL {
        for relation in Relation::ALL {
            let sights =
                Field::ALL.iter().map(|f| sight(*role, *f, *relation, Purpose::Recognition));
            if sights.clone().any(|sight| sight != Sight::Hidden) {
                let cells = sights.map(|sight| say(sight.words()));
                line(page, [say(role.words()), say(relation.words())].into_iter().chain(cells));
            }
        }
    }
}
