using System.Data.Common;

namespace ReportScheduler.Sources.Providers;

/// <summary>Reads one column without losing what its values mean.</summary>
/// <param name="Type">The usual type of its values.</param>
/// <param name="Read">Gives the value of the current row, <see cref="DBNull"/> for
/// NULL; null when the client's own getters are precise.</param>
/// <param name="TypeName">The type name to show instead of the database's; null to keep it.</param>
internal sealed record PreciseValue(Type Type, Func<DbDataReader, int, object>? Read = null, string? TypeName = null)
{
    /// <summary>More digits than this do not fit a decimal in every case.</summary>
    public const int DecimalDigits = 28;
}
