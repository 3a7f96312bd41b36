namespace ReportScheduler.Exports.Layout;

/// <summary>The name of a column as a header: <c>payment_date</c> and <c>PaymentDate</c> are "Payment
/// date". A name with a space or a sign was written for people and stays.</summary>
/// <remarks>By hand, because each new workbook asks, and compiled regular expressions cost 10 ms before their first answer.</remarks>
internal static class HeaderText
{
    // as EUR, VAT and ID
    private const int LongestAbbreviation = 4;

    public static string Of(string name)
    {
        if (!IsIdentifier(name))
        {
            return name;
        }

        var words = Words(name);
        var isShouted = name.Length > LongestAbbreviation && !name.Any(char.IsLower);
        var text = string.Join(' ', words.Select(word => !isShouted && IsAbbreviation(word) ? word : word.ToLowerInvariant()));
        return text.Length == 0 ? name : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static bool IsAbbreviation(string word) => word.Length is > 1 and <= LongestAbbreviation && !word.Any(char.IsLower);

    private static bool IsIdentifier(string name)
    {
        for (var place = 0; place < name.Length; place++)
        {
            if (!char.IsLetter(name[place]) && name[place] != '_' && (place == 0 || !char.IsNumber(name[place])))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    // the digits after a word belong to it
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        for (var place = 0; place < name.Length;)
        {
            var start = place;
            place = AfterLetters(name, place);
            while (place < name.Length && char.IsNumber(name[place]))
            {
                place++;
            }

            if (place > start)
            {
                words.Add(name[start..place]);
            }
            else
            {
                place++;
            }
        }

        return words;
    }

    // the last of several capitals begins the word of the small letters behind it
    private static int AfterLetters(string name, int start)
    {
        var place = start;
        while (place < name.Length && char.IsUpper(name[place]))
        {
            place++;
        }

        if (place - start > 1)
        {
            return place < name.Length && char.IsLower(name[place]) ? place - 1 : place;
        }

        if (place > start && !(place < name.Length && char.IsLower(name[place])))
        {
            return place;
        }

        while (place < name.Length && char.IsLetter(name[place]) && !char.IsUpper(name[place]))
        {
            place++;
        }

        return place;
    }
}
