namespace ReportScheduler.Words;

/// <summary>Which form of a noun a number takes: the categories of Unicode's CLDR for the languages that there are words of.</summary>
internal static class PluralForm
{
    public const string Other = "other";

    /// <param name="language">Two letters of ISO 639-1.</param>
    /// <param name="number">How many there are.</param>
    /// <returns>one, two, few, many or other.</returns>
    public static string Of(string language, long number) => language switch
    {
        "ja" or "zh" => Other,
        "fr" or "pt" => number is 0 or 1 ? "one" : Other,
        "cs" => number switch { 1 => "one", 2 or 3 or 4 => "few", _ => Other },
        "pl" => number == 1 ? "one" : number % 10 is 2 or 3 or 4 && number % 100 is not (12 or 13 or 14) ? "few" : Other,
        "ar" => number switch
        {
            1 => "one",
            2 => "two",
            _ => (number % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => Other },
        },
        "fa" => number is 0 or 1 ? "one" : Other,
        "he" => number switch { 1 => "one", 2 => "two", _ => Other },
        _ => number == 1 ? "one" : Other,
    };
}
