namespace ReportScheduler.Text;

/// <summary>Tells a misspelt word from another one, and says which name was perhaps meant.</summary>
internal static class NearMiss
{
    private const int Most = 3;

    /// <summary>A part of a name that is as long as this may stand for it, as Paris does for Europe/Paris.</summary>
    private const int ShortestPart = 4;

    /// <summary>Whether few slips of the pen lie between the word and one of the others: one up to six letters, else two.</summary>
    public static bool IsNear(string word, IEnumerable<string> others) =>
        others.Any(other => other.Length > 3 && Distance(word.ToUpperInvariant(), other.ToUpperInvariant()) <= (other.Length <= 6 ? 1 : 2));

    /// <summary>The question which name was meant, as a sentence with a space in front; empty when no name is near.</summary>
    /// <param name="word">What was given. Case, spaces and signs make no difference.</param>
    /// <param name="names">The names that there are. They are shown: none may be a secret.</param>
    public static string Hint(string word, IEnumerable<string> names) =>
        Nearest(word, names) is { Count: > 0 } near ? $" Did you mean {EnglishText.List(near.Select(name => $"'{name}'"), "or")}?" : "";

    /// <summary>The names that are a few slips away, nearest first; when there are none, those that
    /// the word is a part of or that are a part of it. Three at most.</summary>
    public static IReadOnlyList<string> Nearest(string word, IEnumerable<string> names)
    {
        var given = Letters(word);
        if (given.Length == 0)
        {
            return [];
        }

        var all = names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (Name: name, Letters: Letters(name))).ToList();
        var near = all.Where(other => Math.Abs(other.Letters.Length - given.Length) <= Slips(other.Letters))
            .Select(other => (other.Name, Slips: Distance(given, other.Letters), Allowed: Slips(other.Letters)))
            .Where(other => other.Slips <= other.Allowed)
            .OrderBy(other => other.Slips);
        var parts = all.Where(other => Math.Min(given.Length, other.Letters.Length) >= ShortestPart
                && (other.Letters.Contains(given, StringComparison.Ordinal) || given.Contains(other.Letters, StringComparison.Ordinal)))
            .OrderBy(other => Math.Abs(other.Letters.Length - given.Length));
        return near.Select(other => other.Name).Take(Most).ToList() is { Count: > 0 } found
            ? found
            : [.. parts.Select(other => other.Name).Take(Most)];
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // in one or two letters every slip makes another word
    private static int Slips(string letters) => letters.Length switch { < 3 => 0, <= 6 => 1, <= 12 => 2, _ => 3 };

    /// <summary>Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var same = left[i - 1] == right[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
