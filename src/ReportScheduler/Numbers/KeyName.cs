using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>Columns whose numbers name something, as an id, a year or a code does: they are not grouped in thousands.</summary>
/// <remarks>By hand, because each new workbook asks, and a compiled regular expression costs 15 ms before its first answer.</remarks>
internal static class KeyName
{
    // paid, void and grid end in id, and are none
    private static readonly string[] Words = ["id", "no", "nr", "num", "key", "plz", "year", "zip", "code", "oid", "uid", "pid",
        "ean", "gtin", "upc", "isbn", "sku", "phone", "fax", "port"];
    private static readonly string[] CapitalWords = ["Id", "ID", "No", "NO", "Nr", "NR", "Key", "Oid", "OID", "Uid", "UID",
        "Ean", "EAN", "Isbn", "ISBN", "Sku", "SKU", "Port"];
    private static readonly string[] Endings = ["number", "nummer", "year", "jahr", "code", "zip", "nr"];
    private static readonly string[] Things = ["order", "customer", "product", "invoice", "item", "user", "account", "employee", "category",
        "supplier", "store", "film", "staff", "address", "city", "country", "payment", "rental", "inventory", "actor", "language", "track",
        "album", "artist", "genre", "serial"];
    private static readonly string[] NumbersOfThings = ["id", "no"];

    private static readonly string[] PreciseWords = ["lat", "lon", "lng", "rate", "factor", "ratio"];
    private static readonly string[] PreciseEndings = ["latitude", "longitude", "exchangerate"];
    private static readonly string[] PreciseCapitalWords = ["Rate", "Factor", "Ratio"];

    public static bool Is(string column) =>
        HasWord(column, Words) || HasEnding(column, Endings) || HasCapital(column, CapitalWords, StringComparison.Ordinal)
        || NumbersOfThings.Any(number => Ends(column, number)
            && HasEnding(column.AsSpan(..^number.Length), Things));

    /// <summary>Columns whose digits all count: rates of exchange, and places on the earth.</summary>
    public static bool IsPrecise(string column) =>
        HasWord(column, PreciseWords) || HasEnding(column, PreciseEndings)
        || HasCapital(column, PreciseCapitalWords, StringComparison.OrdinalIgnoreCase);

    // alone, or after an underscore, a space or a sign
    private static bool HasWord(string column, string[] words)
    {
        foreach (var word in words)
        {
            if (Ends(column, word) && (column.Length == word.Length || IsBoundary(column[^(word.Length + 1)])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEnding(ReadOnlySpan<char> column, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (column.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // after a small letter
    private static bool HasCapital(string column, string[] words, StringComparison comparison)
    {
        foreach (var word in words)
        {
            if (column.Length > word.Length && column.EndsWith(word, comparison) && char.IsLower(column[^(word.Length + 1)]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Ends(string column, string word) => column.EndsWith(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsBoundary(char before) => before == '_' || !char.IsLetterOrDigit(before)
        && CharUnicodeInfo.GetUnicodeCategory(before) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.ConnectorPunctuation);
}
