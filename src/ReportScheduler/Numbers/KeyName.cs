using System.Text.RegularExpressions;

namespace ReportScheduler.Numbers;

/// <summary>Columns whose numbers name something, as an id, a year or a code does: they are not grouped in thousands.</summary>
internal static partial class KeyName
{
    public static bool Is(string column) => Key().IsMatch(column);

    /// <summary>Columns whose digits all count: rates of exchange, and places on the earth.</summary>
    public static bool IsPrecise(string column) => Precise().IsMatch(column);

    // paid, void and grid end in id, and are none
    private const string Words =
        @"(?:^|[_\W])(?i:id|no|nr|num|key|plz|year|zip|code)$|(?<=\p{Ll})(?:Id|ID|No|NO|Nr|NR|Key)$|(?i:number|nummer|year|jahr|code|zip|nr)$";
    private const string Things =
        "(?i:order|customer|product|invoice|item|user|account|employee|category|supplier|store|film|staff|address|city|country|payment"
        + "|rental|inventory|actor|language|track|album|artist|genre|serial)(?i:id|no)$";

    [GeneratedRegex($"{Words}|{Things}", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(
        @"(?:^|[_\W])(?:lat|lon|lng|rate|factor|ratio)$|(?i:latitude|longitude|exchangerate)$|(?<=\p{Ll})(?:Rate|Factor|Ratio)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Precise();
}
