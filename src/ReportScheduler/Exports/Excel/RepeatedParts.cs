using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>Deflates the small parts that workbooks have in common, such as styles and
/// theme, once for all of them: a split report makes hundreds.</summary>
internal static class RepeatedParts
{
    private const int Most = 64;
    private const int Longest = 1 << 16;

    private static readonly Dictionary<string, DeflatedPart> Known = new(StringComparer.Ordinal);

    public static DeflatedPart Of(string xml)
    {
        if (xml.Length > Longest)
        {
            return DeflatedPart.Of(Encoding.UTF8.GetBytes(xml));
        }

        lock (Known)
        {
            if (!Known.TryGetValue(xml, out var part))
            {
                // what does not come again goes with the others
                if (Known.Count == Most)
                {
                    Known.Clear();
                }

                Known[xml] = part = DeflatedPart.Of(Encoding.UTF8.GetBytes(xml));
            }

            return part;
        }
    }
}
