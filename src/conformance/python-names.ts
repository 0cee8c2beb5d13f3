/** Names that mean something to the reference's executor beside the tools: Python's builtins, its module's globals and locals. */
export const pythonNames: ReadonlySet<string> = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
  BufferError BytesWarning CLASS_FILE_PATH_MAPPING ChildProcessError ConnectionAbortedError ConnectionError
  ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning
  EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError
  FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError
  IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None
  NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning
  PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
  STATELESS_CLASSES StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError
  TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
  UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError __build_class__
  __builtins__ __cached__ __debug__ __doc__ __file__ __import__ __loader__ __name__ __package__ __spec__
  _process_method_calls abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod
  compile complex copy copyright credits delattr dict dir divmod enumerate eval exec execute_multi_turn_func_call
  exit filter float format frozenset getattr globals hasattr hash help hex id importlib input inspect int
  is_empty_execute_response isinstance issubclass iter json len license list locals map max memoryview min next
  object oct open ord pow print property quit range re repr reversed round set setattr slice sorted staticmethod
  str sum super tuple type vars zip func_call_list initial_config involved_classes model_name test_entry_id
  long_context is_evaL_run class_method_name_mapping involved_instances class_name module_name instance_name
  module class_ class_instance class_initial_config method_name method execution_results func_call func_call_copy
  func_call_result`.split(/\s+/),
);
