//! What the TOML parser finds wrong, in Chinese. Its own words stand beside: manuals and forums know a mistake by them.

/// How the parser begins to tell a mistake, and what that means; of several the first that fits.
const MEANINGS: &[(&str, &str)] = &[
    ("string values must be quoted", "此处不是一个完整的值；文字须加引号"),
    ("duplicate key", "键重复"),
    ("cannot extend value", "这个键已有值，不能再往下写"),
    ("missing assignment", "键和值之间缺少等号"),
    ("extra assignment", "多了等号"),
    ("extra `=`", "多了等号"),
    ("unexpected `=`", "多了等号"),
    ("key with no value", "键没有值，或缺少等号"),
    ("missing value", "缺少值"),
    ("missing key", "缺少键"),
    ("unclosed array", "方括号没有闭合"),
    ("unclosed table", "表头的方括号没有闭合"),
    ("unclosed inline table", "花括号没有闭合"),
    ("missing comma", "缺少逗号"),
    ("extra comma", "多了逗号"),
    ("missing opening quote", "缺少前引号"),
    ("invalid basic string", "文字的引号或转义写法不对"),
    ("invalid literal string", "文字的引号写法不对"),
    ("invalid multi-line", "多行文字的引号或转义写法不对"),
    ("missing escaped value", "转义写法不完整"),
    ("too few unicode", "转义写法不完整"),
    ("keys cannot be multi-line", "键不能写成多行文字"),
    ("unquoted keys cannot be empty", "键不能为空"),
    ("invalid unquoted key", "键中有不允许的字符，须加引号"),
    ("invalid key-value pair", "键和值的写法不对"),
    ("invalid comment character", "注释中有不允许的字符"),
    ("carriage return", "回车之后须有换行"),
    ("unexpected leading zero", "数不能以 0 开头"),
    ("`_` may only go between digits", "下划线只能写在数字之间"),
    ("integers with a radix", "带进制的整数不能有正负号"),
    ("radix must be lowercase", "进制须用小写字母"),
    ("redundant", "数的前面有多余的符号"),
    ("unexpected sign", "数的符号写错了位置"),
    ("cannot recurse further", "嵌套过深"),
    ("recursion limit", "嵌套过深"),
    ("invalid value", "值的写法不对"),
    ("unexpected", "此处有多余的内容"),
];

/// A mistake in Chinese, with the first line of what the parser says.
pub(crate) fn in_chinese(said: &str) -> String {
    let meaning = MEANINGS.iter().find(|(begin, _)| said.starts_with(begin));
    match meaning {
        Some((_, meaning)) => format!("{meaning}（解析器：{said}）"),
        None => format!("解析器：{said}"),
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::in_chinese;

    #[test]
    fn what_authors_get_wrong_is_told_in_chinese() {
        for (text, meaning) in [
            ("a = 北京", "此处不是一个完整的值；文字须加引号"),
            ("a = 1\na = 2", "键重复"),
            ("a = 1\n[a.b]", "这个键已有值，不能再往下写"),
            ("a", "键没有值，或缺少等号"),
            ("a 1", "键没有值，或缺少等号"),
            ("a =", "此处不是一个完整的值；文字须加引号"),
            ("a = = 1", "多了等号"),
            ("a = [1, 2", "方括号没有闭合"),
            ("[a", "表头的方括号没有闭合"),
            ("[[a]", "方括号没有闭合"),
            ("a = { b = 1", "花括号没有闭合"),
            ("a = [1 2]", "此处不是一个完整的值；文字须加引号"),
            ("a = [1,, 2]", "多了逗号"),
            ("a = \"北京", "文字的引号或转义写法不对"),
            ("a = \"\\q\"", "转义写法不完整"),
            ("项目 = 1", "键中有不允许的字符，须加引号"),
            ("a = 01", "数不能以 0 开头"),
            ("a = 1_", "下划线只能写在数字之间"),
            ("a = 1 2", "此处不是一个完整的值；文字须加引号"),
        ] {
            let said = DeTable::parse(text).unwrap_err();
            let said = in_chinese(said.message().lines().next().unwrap());
            assert!(said.starts_with(meaning), "{text}: {said}");
        }
        assert_eq!(in_chinese("something new"), "解析器：something new");
    }
}
