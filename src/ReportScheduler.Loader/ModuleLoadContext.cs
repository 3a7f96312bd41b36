using System.Reflection;
using System.Runtime.Loader;

namespace ReportScheduler.Loader;

/// <summary>Keeps the module's libraries apart from those of other modules.</summary>
public sealed class ModuleLoadContext(string assemblyPath) : AssemblyLoadContext("ReportScheduler")
{
    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);
    private readonly string folder = Path.GetDirectoryName(assemblyPath)!;

    /// <summary>The module's own assembly.</summary>
    public Assembly LoadModule() => LoadFromAssemblyPath(CompiledAssembly.Of(folder, assemblyPath));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(CompiledAssembly.Of(folder, path)) : null;

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
}
