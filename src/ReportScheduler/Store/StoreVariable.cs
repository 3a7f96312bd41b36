using ReportScheduler.Text;

namespace ReportScheduler.Store;

/// <summary>The variables of the environment that say where a store and its key are.</summary>
internal static class StoreVariable
{
    /// <returns>Null where it is not set, or empty.</returns>
    /// <exception cref="ReportException">StoreVariableNotUsable.</exception>
    public static string? Read(string name) => Environment.GetEnvironmentVariable(name) switch
    {
        null or "" => null,
        var given when string.IsNullOrWhiteSpace(given) || given.Any(char.IsControl) =>
            throw StoreErrors.StoreVariableNotUsable(name, OneLine.Of(given)),
        var given => given,
    };
}
