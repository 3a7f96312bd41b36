namespace ReportScheduler.Rows;

/// <summary>What the numbers are that a column stands beside and shows its own like: those of a whole matrix.</summary>
/// <param name="Most">The most digits behind the decimal mark of one of them, without zeros at their end.</param>
/// <param name="Greatest">The greatest, whatever its sign.</param>
internal readonly record struct SeenDigits(int Most, double Greatest);
