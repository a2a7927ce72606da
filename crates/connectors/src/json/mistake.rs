//! What is wrong with a text that is no JSON, in our words: those of the parser are in English only, and for programmers.

use enterprise::Text;
use serde_json::error::Category;

/// Marks the mistake of a name that stands twice in an object; the name follows.
pub const TWICE: &str = "twice: ";

/// What the parser says, and what we say. It says more after some of these.
const WORDS: &[(&str, &str, &str)] = &[
    ("expected value", "这里应当是一个值", "a value is missing here"),
    ("expected ident", "这里应当是 true、false 或 null", "true, false or null is meant here"),
    ("expected `:`", "名称之后缺少冒号", "a colon is missing after the name"),
    ("expected `,` or `}`", "这里缺少逗号或右花括号 }", "a comma or } is missing here"),
    ("expected `,` or `]`", "这里缺少逗号或右方括号 ]", "a comma or ] is missing here"),
    ("trailing comma", "最后一项之后多了逗号", "there is a comma after the last item"),
    ("trailing characters", "结尾之后还有别的内容", "there is something after the end"),
    ("key must be a string", "名称须加双引号", "a name stands in double quotes"),
    ("invalid number", "这个数字写得不对", "this is not how a number is written"),
    ("number out of range", "这个数字太大", "this number is too large"),
    ("invalid escape", "反斜杠之后写得不对", "what follows the backslash is not known"),
    (
        "control character",
        "文本里有换行等控制字符，请写成 \\n 等",
        "a text holds a control character such as the end of a line: write it as \\n",
    ),
    ("invalid unicode", "不是 UTF-8 编码", "this is not encoded in UTF-8"),
    ("lone leading surrogate", "\\u 之后的字符不完整", "the character after \\u is incomplete"),
    (
        "unexpected end of hex escape",
        "\\u 之后的字符不完整",
        "the character after \\u is incomplete",
    ),
    ("recursion limit", "层数过多", "it is nested too deeply"),
];

/// What is wrong with a text that is no JSON. Where, the error itself says.
pub fn json_mistake(error: &serde_json::Error) -> Text {
    let said = error.to_string();
    if let Some(name) = said.strip_prefix(TWICE) {
        let name = name.rsplit_once(" at line").map_or(name, |(name, _)| name);
        return Text::new(
            format!("“{name}”在同一个对象里出现两次"),
            format!("`{name}` stands twice in one object"),
        );
    }
    if error.classify() == Category::Eof {
        return Text::new(
            "内容在这里突然结束，可能没有传完整",
            "it ends abruptly here; it may be cut off",
        );
    }
    let known = WORDS.iter().find(|(words, _, _)| said.starts_with(words));
    let (zh, en) =
        known.map_or(("不是正确的 JSON", "this is not correct JSON"), |(_, zh, en)| (zh, en));
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_mistake_is_said_in_our_words() {
        let table = [
            ("{", "突然结束", "ends abruptly"),
            ("", "突然结束", "ends abruptly"),
            ("{\"a\":}", "应当是一个值", "a value is missing"),
            ("nul!", "true、false 或 null", "null is meant"),
            ("{\"a\" 1}", "冒号", "a colon"),
            ("{\"a\":1 \"b\":2}", "逗号或右花括号", "a comma or }"),
            ("[1 2]", "逗号或右方括号", "a comma or ]"),
            ("[1,]", "多了逗号", "after the last item"),
            ("{} {}", "还有别的内容", "after the end"),
            ("{a:1}", "双引号", "double quotes"),
            ("[01]", "数字写得不对", "how a number is written"),
            ("[\"\\x\"]", "反斜杠", "backslash"),
            ("[\"\n\"]", "控制字符", "control character"),
            ("[\"\\ud800x\"]", "不完整", "incomplete"),
        ];
        for (text, zh, en) in table {
            let error = serde_json::from_str::<Value>(text).unwrap_err();
            let said = json_mistake(&error);
            assert!(said.zh.contains(zh) && said.en.contains(en), "{text}: {error}: {said:?}");
        }
        let error = serde_json::from_slice::<Value>(b"\"\xff\"").unwrap_err();
        assert!(json_mistake(&error).zh.contains("UTF-8"), "{error}");
    }
}
