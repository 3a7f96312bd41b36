using System.Collections;

namespace ReportScheduler.Kinds;

/// <summary>Everything of one kind that the module has, such as the formats of its files: one line each, where the list is made.</summary>
/// <remarks>Nobody else names the single ones; who needs one asks the list.</remarks>
/// <param name="items">In the order in which they are shown.</param>
internal sealed class KindList<T>(params T[] items) : IReadOnlyList<T>
{
    // what was added is seen by the caller and the threads that it starts, and by nobody who runs beside it
    private readonly AsyncLocal<T[]?> longer = new();

    public int Count => Items.Length;

    private T[] Items => longer.Value ?? items;

    public T this[int index] => Items[index];

    /// <summary>Adds one more until the result is disposed, for the caller and the threads that it
    /// starts: a test shows that a new one needs nothing but its line.</summary>
    public IDisposable With(T item)
    {
        longer.Value = [.. Items, item];
        return new Shortening(longer);
    }

    public IEnumerator<T> GetEnumerator() => Items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Shortening(AsyncLocal<T[]?> longer) : IDisposable
    {
        public void Dispose() => longer.Value = longer.Value is [.. var rest, _] ? rest : null;
    }
}
