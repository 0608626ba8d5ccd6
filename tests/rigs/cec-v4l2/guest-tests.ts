import './camera-tests.ts';
import './cec-tests.ts';
