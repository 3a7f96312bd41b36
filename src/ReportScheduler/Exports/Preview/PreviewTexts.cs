using System.Collections;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Preview;

/// <summary>Rows as text, made when they are asked for: nobody reads most of them.</summary>
/// <param name="values">The rows as values.</param>
/// <param name="textsOf">The texts of a row.</param>
internal sealed class PreviewTexts(IReadOnlyList<Cell[]> values, Func<Cell[], string?[]> textsOf) : IReadOnlyList<string?[]>
{
    private readonly string?[]?[] made = new string?[]?[values.Count];

    public int Count => made.Length;

    public string?[] this[int index] => made[index] ??= textsOf(values[index]);

    public IEnumerator<string?[]> GetEnumerator()
    {
        for (var row = 0; row < made.Length; row++)
        {
            yield return this[row];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
