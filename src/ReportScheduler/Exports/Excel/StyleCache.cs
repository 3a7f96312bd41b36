namespace ReportScheduler.Exports.Excel;

/// <summary>The style parts made of one skeleton, by what was added: the workbooks of a split report have mostly one.</summary>
/// <param name="formats">How many cell formats the skeleton has.</param>
internal sealed class StyleCache(int formats)
{
    private const int Most = 64;

    private readonly Dictionary<string, (string Xml, Dictionary<string, int> Formats)> known = new(StringComparer.Ordinal);

    /// <summary>How many cell formats the skeleton has.</summary>
    public int Formats => formats;

    /// <param name="key">What was added.</param>
    /// <param name="make">Makes the part, and the numbers of its number formats.</param>
    public (string Xml, Dictionary<string, int> Formats) Of(string key, Func<(string Xml, Dictionary<string, int> Formats)> make)
    {
        lock (known)
        {
            if (!known.TryGetValue(key, out var made))
            {
                // what does not come again goes with the others
                if (known.Count == Most)
                {
                    known.Clear();
                }

                known[key] = made = make();
            }

            return made;
        }
    }
}
