using System.Globalization;

namespace ReportScheduler.Exports.Fonts;

/// <summary>What has to be known about a character to lay it out. Blocks as in
/// https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt</summary>
internal static class Scripts
{
    /// <summary>Whether its glyph depends on its neighbours or its place has to be computed: such
    /// text is shaped, the rest is set glyph by glyph, in half the time.</summary>
    public static bool NeedsShaping(char character) => character switch
    {
        // a soft hyphen is seen only where a line breaks at it, and ours do not
        '\u00AD' => true,
        < '\u0300' => false,
        <= '\u036F' => true,
        < '\u0590' => false,
        // Hebrew to Myanmar
        <= '\u109F' => true,
        >= '\u1700' and <= '\u1CFF' => true,
        >= '\u200B' and <= '\u200F' => true,
        >= '\u2028' and <= '\u202E' => true,
        >= '\u2060' and <= '\u206F' => true,
        >= '\u20D0' and <= '\u20FF' => true,
        >= '\uA800' and <= '\uABFF' => true,
        >= '\uD800' and <= '\uDFFF' => true,
        >= '\uFB1D' and <= '\uFDFF' => true,
        >= '\uFE00' and <= '\uFE2F' => true,
        >= '\uFE70' and <= '\uFEFF' => true,
        _ => false,
    };

    /// <summary>Whether it is written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and the like.</summary>
    public static bool IsRightToLeft(int character) =>
        character is (>= 0x0590 and <= 0x08FF) or 0x200F or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800
            and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF)
        && !IsDigit(character) && !IsMark(character);

    /// <summary>Whether it gives its text a direction, left to right.</summary>
    public static bool IsLeftToRight(int character) => !IsRightToLeft(character) && CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    /// <summary>Digits run left to right, in right-to-left text too.</summary>
    public static bool IsDigit(int character) => CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.DecimalDigitNumber;

    /// <summary>Whether it belongs to the character before it: marks, joiners, variation selectors, skin tones.</summary>
    public static bool IsMark(int character) =>
        character is 0x200C or 0x200D or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F)
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;

    /// <summary>Whether nothing is drawn for it, so that no font needs to have it.</summary>
    public static bool IsInvisible(int character) =>
        character is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format;

    /// <summary>Whether a line may end before and after it: scripts written without spaces.</summary>
    public static bool BreaksAnywhere(char character) =>
        character is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF')
            or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00'
            and <= '\uFFEF');

    /// <summary>Whether every font may draw something else for it, so that a font that has it proves nothing.</summary>
    public static bool IsPrivate(int character) => CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.PrivateUse;

    /// <summary>Whether people expect a coloured picture.</summary>
    public static bool IsEmoji(int character) =>
        character is >= 0x1F1E6 and <= 0x1FAFF or 0x2705 or 0x274C or 0x2B50 or 0x2728 or 0x26A0 or 0x2764;
}
