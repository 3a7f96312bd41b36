using System.Data.Common;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The pools of connections of this process, one for each store and what it is signed in to with.</summary>
/// <remarks>A token changes each hour, a password at times: the pool before the last one is closed. The last one somebody may be about to
/// use still.</remarks>
internal static class OpenSources
{
    private const int Kept = 2;

    private static readonly Dictionary<string, List<(string ConnectionString, IdentityToken? Token, DbDataSource Source)>> Known =
        new(StringComparer.Ordinal);

    public static DbDataSource Of(DatabaseAddress address, string connectionString, IdentityToken? token)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(address.Text, out var sources))
            {
                Known[address.Text] = sources = [];
            }

            var at = sources.FindIndex(known => known.ConnectionString == connectionString && known.Token?.Text == token?.Text);
            var found = at < 0 ? (connectionString, token, address.Dialect.Open(connectionString, token)) : sources[at];
            if (at != 0)
            {
                sources.RemoveAll(known => known.Source == found.Item3);
                sources.Insert(0, found);
            }

            if (sources.Count > Kept)
            {
                sources[Kept].Source.Dispose();
                sources.RemoveAt(Kept);
            }

            return found.Item3;
        }
    }
}
