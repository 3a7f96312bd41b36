namespace ReportScheduler.Queries;

/// <summary>Tells a misspelt word from another one.</summary>
internal static class NearMiss
{
    /// <summary>Whether few slips of the pen lie between the word and one of the others: one up to six letters, else two.</summary>
    public static bool IsNear(string word, IEnumerable<string> others) =>
        others.Any(other => other.Length > 3 && Distance(word.ToUpperInvariant(), other.ToUpperInvariant()) <= (other.Length <= 6 ? 1 : 2));

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
