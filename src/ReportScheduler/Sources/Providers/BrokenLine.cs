using System.Net.Sockets;

namespace ReportScheduler.Sources.Providers;

/// <summary>Tells from what a client threw that the line to the server is gone.</summary>
internal static class BrokenLine
{
    public static bool Is(Exception? problem) => problem switch
    {
        null => false,
        IOException or SocketException => true,
        // MySqlConnector's word for a reply that ends in its middle
        _ when problem.GetType().Name.EndsWith("EndOfStreamException", StringComparison.Ordinal) => true,
        _ => Is(problem.InnerException),
    };
}
